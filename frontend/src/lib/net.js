export const token = () =>
  document.querySelector("input[name=csrfmiddlewaretoken]")?.value || document.querySelector("meta[name=csrf-token]")?.content || "";

export async function json(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

export function withQuery(url, values) {
  const full = new URL(url, location.href);
  for (const [key, value] of Object.entries(values)) full.searchParams.set(key, value);
  return full.href;
}

/** POST with progress. Resolves {status, body}; rejects when nothing came back at all. */
export function send(url, form, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = 120_000;
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token());
    request.upload.onprogress = (event) => event.lengthComputable && progress?.(event.loaded / event.total);
    request.onerror = request.ontimeout = () => reject(new Error("network"));
    request.onload = () => {
      let body = {};
      try { body = JSON.parse(request.responseText); } catch { /* a proxy's page */ }
      resolve({ status: request.status, body });
    };
    request.send(form);
  });
}

// Small things that any page may use through data attributes.
import { announce, say } from "../lib/words.js";
import { toast } from "../elements/toasts.js";

const offline = () => {
  const bar = document.getElementById("sz-offline");
  if (bar) bar.hidden = navigator.onLine;
};
addEventListener("online", () => {
  offline();
  if (document.querySelector("a[data-reload]")) location.reload();
});
addEventListener("offline", offline);
document.addEventListener("DOMContentLoaded", () => {
  offline();
  document.querySelector("[data-focus]")?.focus();
  // On a phone the chosen one of many may lie beyond the edge.
  for (const one of document.querySelectorAll(".segmented > [aria-current], .desk-side li:has(> [aria-current])")) {
    const row = one.parentElement, at = one.getBoundingClientRect(), box = row.getBoundingClientRect();
    if (at.right > box.right) row.scrollLeft += at.right - box.right + 24;
  }
});

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(say("copied"));
  } catch {
    toast(text);
  }
}

function view(button) {
  document.querySelector(button.dataset.viewOf).dataset.view = button.dataset.view;
  for (const other of button.parentElement.children) other.setAttribute("aria-pressed", String(other === button));
  document.querySelector(`${button.dataset.viewOf} sz-map`)?.resize?.();
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  const hit = event.target.closest?.("[data-open],[data-close],[data-copy],[data-share],[data-print],[data-reload],[data-view-of]");
  if (!hit) {
    // A tap on the ground behind a dialog closes it.
    if (event.target.matches?.("dialog.dialog") && event.target === event.target.closest("dialog")) event.target.close();
    return;
  }
  const data = hit.dataset;
  if ("open" in data) document.getElementById(data.open)?.showModal();
  else if ("close" in data) hit.closest("dialog")?.close();
  else if ("copy" in data) copy(data.copy);
  else if ("print" in data) print();
  else if ("viewOf" in data) view(hit);
  else if ("reload" in data) { event.preventDefault(); location.reload(); }
  else if ("share" in data) {
    const what = { title: document.title, url: data.share || location.href };
    if (navigator.share) navigator.share(what).catch(() => {});
    else copy(what.url);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

window.sz = { toast, announce };

// A form goes off once; long texts show what is left.
import { announce, say } from "../lib/words.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.confirm && !form.dataset.confirmed) {
    event.preventDefault();
    const dialog = document.getElementById(form.dataset.confirm);
    dialog.showModal();
    dialog.querySelector("[data-yes]")?.addEventListener("click", () => {
      form.dataset.confirmed = "1";
      dialog.close();
      form.requestSubmit();
    }, { once: true });
    return;
  }
  if (event.defaultPrevented || form.method !== "post" || "many" in form.dataset || form.matches("[hx-post],[hx-put],[hx-patch],[hx-delete]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  const button = event.submitter;
  // Disabled at once, the button's own name and value would not be sent.
  setTimeout(() => {
    for (const one of form.querySelectorAll("button:not([type=button])")) one.disabled = true;
    button?.setAttribute("aria-busy", "true");
  });
});

// Back from the next page: the browser shows the form as it was left.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) { button.disabled = false; button.removeAttribute("aria-busy"); }
  }
});

document.addEventListener("input", ({ target }) => {
  if (!target.dataset?.count) return;
  const left = Number(target.dataset.count) - [...target.value].length;
  let note = target.parentElement.querySelector(".field-foot");
  if (!note) {
    note = Object.assign(document.createElement("p"), { className: "field-foot" });
    target.after(note);
  }
  note.textContent = left <= 100 ? say("left_characters", { n: left }) : "";
  if (left === 20 || left === 0) announce(note.textContent);
});

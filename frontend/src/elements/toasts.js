import { say } from "../lib/words.js";

const STAYS = 6000;

function leave(note) {
  // What went wrong stays until it is put away.
  if (!note.matches(".tone-urgent")) setTimeout(() => note.matches(":hover, :focus-within") ? leave(note) : note.remove(), STAYS);
}

export function toast(text, tone = "") {
  const region = document.querySelector("sz-toasts");
  if (!region || !text) return;
  const note = document.createElement("div");
  note.className = `toast tone-${tone}`;
  note.append(Object.assign(document.createElement("span"), { textContent: text }));
  const close = Object.assign(document.createElement("button"), { type: "button", className: "button icon-only", textContent: "✕" });
  close.setAttribute("aria-label", say("close"));
  note.append(close);
  region.append(note);
  leave(note);
}

customElements.define("sz-toasts", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => event.target.closest(".toast")?.remove());
    for (const note of this.querySelectorAll(".toast")) leave(note);
  }
});
document.addEventListener("sz:toast", ({ detail }) => toast(detail?.text ?? detail?.value ?? "", detail?.tone));

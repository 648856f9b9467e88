// Selecting rows for one action on all of them, and the time that is left to undo it. Without this, boxes and button still work.
import { announce } from "../lib/words.js";

const boxes = (form) => [...document.querySelectorAll(`.pick[form="${form.id}"]`)];
let last;

function show(form) {
  const all = boxes(form), on = all.filter((one) => one.checked).length, head = form.querySelector("[data-all]");
  head.checked = on > 0 && on === all.length;
  head.indeterminate = on > 0 && on < all.length;
  const some = form.querySelector("[data-some]");
  some.hidden = !on;
  some.querySelector("[data-number]").textContent = on;
  if (on) announce(some.textContent.trim());
}

document.addEventListener("click", (event) => {
  const box = event.target;
  if (box.matches?.("[data-all]")) {
    for (const one of boxes(box.form)) one.checked = box.checked;
    return show(box.form);
  }
  if (!box.matches?.(".pick") || !box.form) return;
  const all = boxes(box.form), [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  // Shift takes everything between the last box and this one.
  if (event.shiftKey && from >= 0) for (const one of all.slice(from, to + 1)) one.checked = box.checked;
  last = box;
  show(box.form);
});

const SLOW = 3000, MOST = 20;
customElements.define("sz-undo", class extends HTMLElement {
  connectedCallback() {
    this.left = this.querySelector("[data-left]");
    this.timer = setInterval(() => this.tick(), 1000);
    this.tick();
  }
  disconnectedCallback() {
    clearInterval(this.timer);
  }
  tick() {
    const seconds = Math.ceil((new Date(this.getAttribute("due")) - Date.now()) / 1000);
    this.left.textContent = seconds > 0 ? `${seconds} ${this.left.dataset.unit}` : "…";
    if (seconds > 0) return;
    for (const one of this.querySelectorAll("button")) one.disabled = true;
    clearInterval(this.timer);
    // The page asks until the answer is there; a stream, where there is one, is quicker.
    let asked = 0;
    this.timer = setInterval(() => (asked++ < MOST ? dispatchEvent(new CustomEvent("sz:changed")) : clearInterval(this.timer)), SLOW);
  }
});

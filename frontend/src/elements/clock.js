import { say, span } from "../lib/words.js";

const all = new Set();
let timer;

function tick() {
  for (const clock of all) clock.show();
}

customElements.define("sz-clock", class extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("stopped")) return;
    all.add(this);
    this.show();
    timer ??= setInterval(tick, 20_000);
  }
  disconnectedCallback() {
    all.delete(this);
  }
  show() {
    const now = Date.now(), due = Date.parse(this.getAttribute("due")), warn = Date.parse(this.getAttribute("warn"));
    const label = this.querySelector("time");
    if (!label || Number.isNaN(due)) return;
    this.dataset.tone = now > due ? "over" : now >= warn ? "warn" : "";
    const key = now > due ? "over" : "left", time = (due - now) / 60_000;
    const text = Math.abs(time) < 1 ? say(`${key}Moments`) : say(key, { time: span(time) });
    if (label.textContent !== text) label.textContent = text;
  }
});
document.addEventListener("visibilitychange", () => document.hidden || tick());

// A page that hears of changes: <sz-live src refresh="#a, #b" map="#map" hold=".form" note="…">. The stream says only that
// something changed; parts are asked for again at the page's own address, where permission is checked.
import { toast } from "./toasts.js";

const CALM = 900, POLL = 30000;
customElements.define("sz-live", class extends HTMLElement {
  connectedCallback() {
    this.changed = () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.update(), CALM); };
    addEventListener("sz:changed", this.changed);
    document.addEventListener("sz:changed", this.changed);
    this.listen();
  }
  disconnectedCallback() {
    this.source?.close();
    clearTimeout(this.timer);
    clearInterval(this.poll);
    document.removeEventListener("sz:changed", this.changed);
    removeEventListener("sz:changed", this.changed);
  }
  listen() {
    this.source = new EventSource(this.getAttribute("src"));
    for (const kind of (this.getAttribute("events") || "case").split(" ")) this.source.addEventListener(kind, this.changed);
    this.source.addEventListener("error", () => {
      // Refused or not there: ask now and then instead. A mere interruption mends itself.
      if (this.source.readyState !== EventSource.CLOSED || this.poll || !this.hasAttribute("refresh")) return;
      this.poll = setInterval(() => document.visibilityState === "visible" && this.update(), POLL);
    });
  }
  async update() {
    const parts = this.getAttribute("refresh"), hold = this.getAttribute("hold");
    if (!parts) return this.note();
    if (hold && document.querySelector(hold)) return this.changed(); // somebody is in the middle of a form
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "sz-live" }, redirect: "manual" }).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (hold && document.querySelector(hold)) return this.changed();
    const at = document.activeElement?.closest("[data-point]")?.dataset.point;
    const known = new Set([...document.querySelectorAll("[data-point]")].map((one) => one.dataset.point));
    for (const part of parts.split(",").map((text) => text.trim())) {
      const [old, now] = [document.querySelector(part), fresh.querySelector(part)];
      if (!old || !now || old.innerHTML === now.innerHTML) continue;
      old.replaceWith(now);
      window.htmx?.process(now);
      for (const one of now.querySelectorAll("[data-point]")) if (!known.has(one.dataset.point)) one.classList.add("is-new");
    }
    if (at) document.querySelector(`[data-point="${CSS.escape(at)}"] a`)?.focus({ preventScroll: true });
    document.querySelector(this.getAttribute("map") || "sz-none")?.refresh?.();
  }
  note() {
    if (!this.told) toast(this.getAttribute("note"), "warn");
    this.told = true;
  }
});

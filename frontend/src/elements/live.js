// A page that hears of changes: <sz-live src refresh="#a, #b" map="#map" hold=".form" note="…">. The stream says only that
// something changed; parts are asked for again at the page's own address, where permission is checked.
//
// In a busy city changes come without end: a part is then brought up to date every few seconds all the same. While a hand
// moves over the part it waits a little, and the row under the pointer stays where it is: nobody clicks what just slid there.
import { toast } from "./toasts.js";

const CALM = 900, LATEST = 4000, HAND = 6000, PATIENT = 12000, POLL = 30000;

const rowAt = (hand) => hand && document.elementFromPoint(hand.x, hand.y)?.closest("[data-point]");
const same = (point) => point && document.querySelector(`[data-point="${CSS.escape(point)}"]`);

function scroller(node) {
  for (let one = node.parentElement; one; one = one.parentElement)
    if (one.scrollHeight > one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
  return document.scrollingElement;
}

/** What was pushed sideways in a part, each by its place in it: a strip of boxes stays where the hand left it. */
function aside(part) {
  const all = [part, ...part.querySelectorAll("*")];
  return all.flatMap((one, n) => (one.scrollLeft ? [[n, one.className, one.scrollLeft]] : []));
}
function putBack(part, pushed) {
  const all = pushed.length ? [part, ...part.querySelectorAll("*")] : [];
  for (const [n, looks, left] of pushed) {
    const like = all[n]?.className === looks ? all[n] : all.find((one) => one.className === looks);
    if (like) like.scrollLeft = left;
  }
}

customElements.define("sz-live", class extends HTMLElement {
  connectedCallback() {
    this.changed = () => {
      this.since ??= Date.now();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.update(), Math.max(50, Math.min(CALM, this.since + LATEST - Date.now())));
    };
    this.moved = (event) => { this.hand = { x: event.clientX, y: event.clientY, at: Date.now() }; };
    addEventListener("sz:changed", this.changed);
    document.addEventListener("sz:changed", this.changed);
    document.addEventListener("pointermove", this.moved, { passive: true });
    this.listen();
  }
  disconnectedCallback() {
    this.source?.close();
    clearTimeout(this.timer);
    clearInterval(this.poll);
    document.removeEventListener("pointermove", this.moved);
    document.removeEventListener("sz:changed", this.changed);
    removeEventListener("sz:changed", this.changed);
  }
  busy(hold) {
    if (hold && document.querySelector(hold)) return true; // somebody is in the middle of a form
    const lately = this.hand && Date.now() - this.hand.at < HAND && Date.now() - this.since < PATIENT;
    return lately && Boolean(rowAt(this.hand));
  }
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.update(), CALM);
  }
  listen() {
    this.source?.close();
    this.source = new EventSource(this.getAttribute("src"));
    this.source.addEventListener("renew", () => this.renew());
    for (const kind of (this.getAttribute("events") || "case").split(" ")) this.source.addEventListener(kind, this.changed);
    this.source.addEventListener("error", () => {
      // Refused or not there: a new address, if the page still gives one. A mere interruption mends itself.
      if (this.source.readyState === EventSource.CLOSED) this.renew();
    });
  }
  /** Addresses live for a quarter of an hour, and as long as the session: the page's own view gives the next one. */
  async renew() {
    this.source.close();
    const soon = Date.now() - (this.renewed ?? 0) < POLL;
    this.renewed = Date.now();
    const fresh = soon ? null : await this.page();
    const src = fresh?.querySelector("sz-live")?.getAttribute("src");
    if (!this.isConnected) return;
    if (src) {
      this.setAttribute("src", src);
      return this.listen();
    }
    if (this.poll || !this.hasAttribute("refresh")) return;
    this.poll = setInterval(() => document.visibilityState === "visible" && this.update(), POLL);
  }
  async page() {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "sz-live" }, redirect: "manual" }).catch(() => null);
    return answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  }
  async update() {
    const parts = this.getAttribute("refresh"), hold = this.getAttribute("hold");
    if (!parts) return this.note();
    this.since ??= Date.now();
    if (this.busy(hold)) return this.later();
    const fresh = await this.page();
    if (!fresh) return (this.since = undefined);
    if (this.busy(hold)) return this.later();
    this.since = undefined;
    const at = document.activeElement?.closest("[data-point]")?.dataset.point;
    const under = rowAt(this.hand), top = under?.getBoundingClientRect().top;
    const known = new Set([...document.querySelectorAll("[data-point]")].map((one) => one.dataset.point));
    for (const part of parts.split(",").map((text) => text.trim())) {
      const [old, now] = [document.querySelector(part), fresh.querySelector(part)];
      if (!old || !now || old.innerHTML === now.innerHTML) continue;
      const pushed = aside(old);
      old.replaceWith(now);
      putBack(now, pushed);
      window.htmx?.process(now);
      for (const one of now.querySelectorAll("[data-point]")) if (!known.has(one.dataset.point)) one.classList.add("is-new");
    }
    same(at)?.querySelector("a")?.focus({ preventScroll: true });
    const still = same(under?.dataset.point);
    if (still) scroller(still).scrollTop += still.getBoundingClientRect().top - top;
    document.querySelector(this.getAttribute("map") || "sz-none")?.refresh?.();
  }
  note() {
    if (!this.told) toast(this.getAttribute("note"), "warn");
    this.told = true;
  }
});

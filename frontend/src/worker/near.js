// <sz-near away="{distance} away">: how far each [data-lon][data-lat] inside is. The position stays in this page's memory:
// it is never sent and never kept, and watching ends with the page.
import { say } from "../lib/words.js";
import { toast } from "../elements/toasts.js";

const EARTH = 6_371_009, RAD = Math.PI / 180;

export function metres(a, b) {
  const half = Math.sin(((b.lat - a.lat) * RAD) / 2) ** 2
    + Math.cos(a.lat * RAD) * Math.cos(b.lat * RAD) * Math.sin(((b.lon - a.lon) * RAD) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(half)));
}

customElements.define("sz-near", class extends HTMLElement {
  connectedCallback() {
    this.ask = this.querySelector("[data-ask]");
    this.kept = this.querySelector("[data-kept]");
    if (!navigator.geolocation || !this.ask) return;
    this.ask.addEventListener("click", () => this.watch());
    // Pages that live refreshes parts of.
    this.changes = new MutationObserver(() => this.show());
    this.changes.observe(this, { childList: true, subtree: true });
    this.hide = () => document.hidden ? this.stop() : this.here && this.watch();
    document.addEventListener("visibilitychange", this.hide);
    this.offer();
  }
  disconnectedCallback() {
    this.stop();
    this.changes?.disconnect();
    document.removeEventListener("visibilitychange", this.hide);
  }
  async offer() {
    const known = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
    if (known?.state === "granted") this.watch();
    else this.ask.hidden = known?.state === "denied" || !this.querySelector("[data-lon]");
  }
  watch() {
    this.ask.hidden = true;
    this.kept.hidden = false;
    this.watching ??= navigator.geolocation.watchPosition(({ coords }) => {
      this.here = { lon: coords.longitude, lat: coords.latitude };
      this.show();
    }, () => {
      this.stop();
      this.kept.hidden = true;
      this.ask.hidden = false;
      toast(say("noPosition"), "warn");
    }, { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 });
  }
  stop() {
    if (this.watching != null) navigator.geolocation.clearWatch(this.watching);
    this.watching = null;
  }
  show() {
    if (!this.here) return;
    const words = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "meter", unitDisplay: "short", maximumFractionDigits: 0 });
    const far = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "kilometer", unitDisplay: "short", maximumFractionDigits: 1 });
    for (const one of this.querySelectorAll("[data-lon]")) {
      const n = metres(this.here, { lon: +one.dataset.lon, lat: +one.dataset.lat });
      const distance = n < 1000 ? words.format(Math.max(10, Math.round(n / 10) * 10)) : far.format(n / 1000);
      const text = (this.getAttribute("near" in one.dataset ? "about" : "away") || "{distance}").replace("{distance}", distance);
      if (one.textContent !== text) one.textContent = text;
      one.hidden = false;
    }
  }
});

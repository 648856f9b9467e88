import { position } from "../lib/position.js";
import { say } from "../lib/words.js";
import { toast } from "./toasts.js";

// The frame only: the library is fetched when the map opens and comes into view.
customElements.define("sz-map", class extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector(".open-map");
    this.button?.addEventListener("click", () => this.open());
    if (!this.hasAttribute("open")) return;
    this.seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.open(), { rootMargin: "200px" });
    this.seen.observe(this);
  }
  disconnectedCallback() {
    this.seen?.disconnect();
    this.drawn?.remove();
    this.drawn = this.opening = null;
  }
  open() {
    this.seen?.disconnect();
    return (this.opening ??= this.load());
  }
  async load() {
    this.button?.setAttribute("aria-busy", "true");
    try {
      const { draw } = await import("../map/draw.js");
      this.drawn = await draw(this);
      this.button?.remove();
      return this.drawn;
    } catch (error) {
      this.opening = null;
      this.button?.removeAttribute("aria-busy");
      const noGraphics = !document.createElement("canvas").getContext("webgl2");
      this.note(say(noGraphics ? "noMap" : "mapFailed"));
      console.warn(error);
      return null;
    }
  }
  note(text) {
    let label = this.querySelector(".map-note");
    if (!label) this.append((label = Object.assign(document.createElement("p"), { className: "map-note" })));
    label.textContent = text;
    label.hidden = !text;
  }
  async locate() {
    try {
      const { lon, lat } = await position(this.getAttribute("geolocation-datum") || "wgs84");
      await this.go(lon, lat, 17, true);
    } catch {
      toast(say("noPosition"), "warn");
    }
  }
  /** `picked`: counts as the choice of a spot. */
  async go(lon, lat, zoom, picked = false) {
    const drawn = this.drawn ?? (await this.open());
    drawn?.go(lon, lat, zoom, picked);
  }
  async refresh() { this.drawn?.refresh(); }
  highlight(id) { this.drawn?.highlight(id); }
  resize() { this.drawn?.resize(); }
});

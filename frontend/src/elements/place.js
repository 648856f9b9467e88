import { json, withQuery } from "../lib/net.js";
import { position } from "../lib/position.js";
import { announce, say } from "../lib/words.js";
import { toast } from "./toasts.js";

customElements.define("sz-place", class extends HTMLElement {
  connectedCallback() {
    this.name = this.getAttribute("name");
    this.now = this.querySelector("[data-now]");
    this.map = this.querySelector("sz-map");
    this.box = this.querySelector("[role=combobox]");
    this.results = this.querySelector("[role=listbox]");
    this.querySelector("[data-here]")?.addEventListener("click", ({ currentTarget }) => this.here(currentTarget));
    this.addEventListener("sz:pick", ({ detail }) => this.at(detail.lon, detail.lat));
    if (this.box) this.listen();
  }
  field(suffix) {
    return this.querySelector(`input[name="${this.name}${suffix}"]`);
  }
  async here(button) {
    button.setAttribute("aria-busy", "true");
    try {
      const { lon, lat } = await position(this.getAttribute("geolocation-datum") || "wgs84");
      this.look(lon, lat, 17);
      await this.at(lon, lat);
    } catch {
      toast(say("noPosition"), "warn");
      this.map?.open();
    }
    button.removeAttribute("aria-busy");
  }
  /** An open map goes there; a closed one will open there. Its 300 kB come only when somebody wants to look. */
  look(lon, lat, closest) {
    const zoom = this.map?.hasAttribute("tiles") ? closest : Math.min(closest, 15); // without streets, the grids around
    if (this.map?.drawn) return this.map.go(lon, lat, zoom);
    for (const [name, value] of Object.entries({ lon, lat, zoom })) this.map?.setAttribute(name, value);
  }
  /** A point was chosen: ask the server which place it lies in. Public method for a photo's position too. */
  async at(lon, lat) {
    this.field("_lon").value = lon;
    this.field("_lat").value = lat;
    const url = this.getAttribute("locate");
    if (!url) return;
    const asked = (this.asked = Symbol());
    try {
      const { place, nearest, metres, detail } = await json(withQuery(url, { lon, lat }));
      if (asked !== this.asked) return;
      const found = place || nearest;
      this.show(found?.id ?? "", found, place ? "" : found ? say("outside", { place: found.name, metres: Math.round(metres) }) : detail);
      this.tell(found, lon, lat);
    } catch {
      this.show("", null, `${lat.toFixed(5)}, ${lon.toFixed(5)}`);
    }
  }
  show(id, place, text) {
    this.field("").value = id;
    this.now.parentElement.toggleAttribute("data-empty", !place && !text);
    this.now.textContent = text || place?.name || "";
    if (place?.detail && !text) this.now.append(Object.assign(document.createElement("small"), { textContent: place.detail }));
  }
  tell(place, lon, lat) {
    this.dispatchEvent(new CustomEvent("sz:place", { detail: { id: place?.id, name: place?.name, lon, lat }, bubbles: true }));
  }
  listen() {
    let timer;
    this.box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.search(this.box.value.trim()), 200);
    });
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => setTimeout(() => this.close(), 200));
    this.results.addEventListener("pointerdown", (event) => {
      const row = event.target.closest("[role=option]");
      if (row?.place) { event.preventDefault(); this.choose(row.place); }
    });
  }
  async search(text) {
    if (text.length < 1) return this.close();
    const asked = (this.searched = Symbol());
    let places = [];
    try {
      ({ places } = await json(withQuery(this.getAttribute("search"), { q: text })));
    } catch { /* shows that nothing was found */ }
    if (asked !== this.searched) return;
    this.results.replaceChildren(...places.map((place, n) => this.row(place, n)));
    if (!places.length) this.results.append(Object.assign(document.createElement("li"), { className: "muted small", textContent: say("nothing") }));
    this.results.hidden = false;
    this.box.setAttribute("aria-expanded", "true");
    announce(places.length ? places.map((place) => place.name).slice(0, 3).join("、") : say("nothing"));
  }
  row(place, n) {
    const row = Object.assign(document.createElement("li"), { id: `${this.box.id}-${n}`, textContent: place.name, place });
    row.setAttribute("role", "option");
    if (place.detail) row.append(Object.assign(document.createElement("small"), { textContent: place.detail }));
    return row;
  }
  key(event) {
    const rows = [...this.results.querySelectorAll("[role=option]")];
    const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") return this.close();
    if (event.key === "Enter" && !this.results.hidden) {
      event.preventDefault();
      return rows[Math.max(at, 0)]?.place && this.choose(rows[Math.max(at, 0)].place);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !rows.length) return;
    event.preventDefault();
    const next = rows[(at + step + rows.length) % rows.length];
    for (const row of rows) row.setAttribute("aria-selected", String(row === next));
    this.box.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  }
  choose(place) {
    this.close();
    this.box.value = "";
    if (place.lon != null) {
      this.field("_lon").value = place.lon;
      this.field("_lat").value = place.lat;
      this.look(place.lon, place.lat, 16);
    }
    this.show(place.id, place);
    this.tell(place, place.lon, place.lat);
    announce(place.name);
  }
  close() {
    this.results.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }
});

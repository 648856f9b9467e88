import { token } from "../lib/net.js";
import { dropPhoto, forget, keep, keepPhoto, kept, photos } from "./store.js";

const STEPS = ["photo", "place", "what"];

/** Asks one thing at a time, suggests what it may be, and keeps everything on the phone until it is sent. */
customElements.define("sz-report", class extends HTMLElement {
  async connectedCallback() {
    this.form = this.querySelector("form");
    this.place = this.querySelector("sz-place");
    this.photos = this.querySelector("sz-photos");
    this.bar = document.querySelector("[data-report-bar]");
    this.next = this.bar.querySelector("[data-next]");
    this.next.addEventListener("click", () => this.reveal());
    this.querySelector("[data-discard]")?.addEventListener("click", () => this.discard());
    this.form.addEventListener("input", (event) => this.typed(event));
    this.addEventListener("sz:photo", ({ detail }) => this.photo(detail));
    this.addEventListener("sz:photo-removed", ({ detail }) => { dropPhoto(detail.id); this.save(); });
    this.addEventListener("sz:place", () => this.placed());
    this.exact = this.querySelector("[data-stand]");
    if (this.exact && navigator.geolocation) {
      this.exact.hidden = false;
      this.exact.addEventListener("click", () => navigator.geolocation.getCurrentPosition(
        ({ coords }) => this.stands({ lon: coords.longitude, lat: coords.latitude }), () => this.exact.remove(), { timeout: 15000 }));
    }
    this.form.addEventListener("submit", () => this.save());
    // A photo's number comes into the form when it has arrived: that is worth keeping too.
    new MutationObserver(() => this.save()).observe(this.photos, { childList: true, subtree: true });
    await customElements.whenDefined("sz-photos");
    await this.restore();
    this.show("all" in this.dataset ? STEPS.length : this.reached());
    document.documentElement.dataset.report = "on";
  }
  section(name) {
    return this.querySelector(`[data-step=${name}]`);
  }
  reached() {
    if (["words", "category", "place", "place_lon"].some((name) => this.field(name))) return 3;
    return this.photos.querySelector(".shot") ? 2 : 1;
  }
  show(count, focus = false) {
    this.count = Math.min(Math.max(count, this.count ?? 1), STEPS.length);
    STEPS.forEach((name, n) => { this.section(name).hidden = n >= this.count; });
    this.next.hidden = this.count >= STEPS.length;
    this.bar.querySelector("[data-send]").hidden = this.count < STEPS.length;
    if (focus) {
      const section = this.section(STEPS[this.count - 1]);
      section.tabIndex = -1;
      section.focus({ preventScroll: true });
      section.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    }
  }
  reveal() {
    this.show(this.count + 1, true);
  }
  async photo({ id, position }) {
    const shot = this.photos.querySelector(`[data-id="${id}"]`);
    if (shot?.file) await keepPhoto(id, shot.file);
    if (this.count === 1) this.reveal();
    if (position && this.exact && !this.field("place_lon")) return this.stands(position);
    if (!position || !this.place || this.field("place") || this.field("place_lon")) return this.save();
    this.place.look(position.lon, position.lat, 17);
    await this.place.at(position.lon, position.lat);
    const note = this.querySelector("[data-from-photo]");
    if (note) note.hidden = false;
  }
  /** A scanned code says which place; where in it, the phone or the photo says. */
  stands({ lon, lat }) {
    this.form.elements.namedItem("place_lon").value = lon.toFixed(6);
    this.form.elements.namedItem("place_lat").value = lat.toFixed(6);
    this.exact.hidden = true;
    this.querySelector("[data-exact]").hidden = false;
    this.save();
  }
  placed() {
    const map = this.place?.map, lon = this.field("place_lon"), lat = this.field("place_lat");
    // The grids around instead of the whole city's streets, for a map that is not drawn yet.
    if (map && !map.drawn && lon) map.setAttribute("places", `${map.getAttribute("places").split("?")[0]}?lon=${lon}&lat=${lat}`);
    const note = this.querySelector("[data-from-photo]");
    if (note) note.hidden = true;
    if (this.count === 2) this.reveal();
    this.save();
    this.suggest();
  }
  typed({ target }) {
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.save(), 300);
    if (target.name === "category") this.querySelector("[data-lost]")?.removeAttribute("data-lost"); // answered
    if (target.name !== "words") return;
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.suggest(), 500);
  }
  async suggest() {
    const body = new URLSearchParams({ words: this.field("words").slice(0, 500) });
    for (const name of ["place", "code"]) body.set(name, this.field(name));
    body.set("category", this.field("category") || (this.querySelector("[data-lost]")?.dataset.lost ?? ""));
    const asked = (this.asked = Symbol()), place = body.get("place");
    try {
      const answer = await fetch(this.dataset.suggest, { method: "POST", body, headers: { "X-CSRFToken": token() }, credentials: "same-origin" });
      if (!answer.ok || asked !== this.asked) return;
      const found = Object.assign(document.createElement("template"), { innerHTML: await answer.text() }).content;
      const parts = place === this.listed ? ["suggested"] : ["shelves", "suggested"]; // the list is the place's
      this.listed = place;
      for (const part of parts) this.querySelector(`[data-${part}]`).innerHTML = found.querySelector(`[data-${part}]`).innerHTML;
    } catch { /* the whole list is there all the same */ }
  }
  field(name) {
    return String(new FormData(this.form).get(name) ?? "");
  }
  /** The place chosen, as shown: name, and on a second line where that is. */
  words() {
    const now = this.querySelector("[data-now]"), detail = now?.querySelector("small")?.textContent ?? "";
    return now ? [now.textContent.slice(0, now.textContent.length - detail.length), detail].join("\n").trim() : "";
  }
  save() {
    if (this.restoring) return;
    const data = new FormData(this.form), draft = { owner: this.dataset.account, placeText: this.words() };
    for (const name of ["id", "code", "place", "place_lon", "place_lat", "spot", "words", "category", "name", "phone", "about_text"]) draft[name] = String(data.get(name) ?? "");
    draft.photos = data.getAll("photos").map(String);
    for (const id of draft.photos) dropPhoto(id);
    const empty = !draft.words && !draft.place && !draft.photos.length && !draft.spot && !draft.place_lon;
    if (!empty) keep(draft);
  }
  async restore() {
    const draft = kept(), waiting = await photos();
    const other = draft && (draft.owner !== this.dataset.account || draft.code !== (this.dataset.code ?? ""));
    if ("all" in this.dataset || other || (!draft && !waiting.length)) return;
    this.restoring = true;
    try {
      if (draft) await this.fill(draft);
      for (const { key } of waiting) await dropPhoto(key);
      await this.photos.add(waiting.map(({ file }, n) => new File([file], `photo-${n}.jpg`, { type: file.type || "image/jpeg" })));
      this.querySelector("[data-restored]").hidden = false;
    } finally {
      this.restoring = false;
    }
  }
  async fill(draft) {
    for (const name of ["id", "place", "place_lon", "place_lat", "spot", "words", "name", "phone", "about_text"]) {
      const field = this.form.elements.namedItem(name);
      if (field && draft[name]) field.value = draft[name];
    }
    const now = this.querySelector("[data-now]");
    if (now && draft.placeText && (draft.place || draft.place_lon)) {
      const [name, detail] = draft.placeText.split("\n");
      now.textContent = name;
      if (detail) now.append(Object.assign(document.createElement("small"), { textContent: detail }));
      now.parentElement.removeAttribute("data-empty");
    }
    const choice = [...this.form.querySelectorAll("[name=category]")].find((one) => one.value === draft.category);
    if (choice) choice.checked = true;
    await Promise.all(draft.photos.map((id) => this.again(id)));
    if (draft.words || draft.place) this.suggest();
  }
  /** A photo that has arrived before: shown again if the server still has it for us. */
  async again(id) {
    try {
      const answer = await fetch(this.dataset.kept.replace(/[^/]+$/, id), { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) return;
      const { thumb } = await answer.json();
      const shot = this.photos.querySelector("template").content.firstElementChild.cloneNode(true);
      shot.dataset.id = id;
      shot.dataset.state = "kept";
      shot.querySelector("img").src = thumb;
      shot.append(Object.assign(document.createElement("input"), { type: "hidden", name: "photos", value: id }));
      this.photos.querySelector(".add-cell").before(shot);
      this.photos.count();
    } catch { /* offline: the number stays in the draft */ }
  }
  async discard() {
    await forget();
    location.reload();
  }
});

// <sz-draft name owner again queued="…" restored="…"> around a form: what is typed is kept on this phone until it arrived, and
// without a signal the form waits and goes off by itself, under the same key, so that twice is once.
// <sz-draft arrived="key"> on the page after throws the draft away.
import { toast } from "../elements/toasts.js";

const PREFIX = "sz-worker-draft ", AGE = 3 * 86_400_000, OURS = new Set(["csrfmiddlewaretoken", "next"]);

function records() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => [key, JSON.parse(localStorage.getItem(key))]);
  } catch {
    return [];
  }
}

function sweep(fits) {
  for (const [key, record] of records()) if (fits(record)) localStorage.removeItem(key);
}

customElements.define("sz-draft", class extends HTMLElement {
  connectedCallback() {
    sweep((record) => Date.now() - record.at > AGE);
    const arrived = this.getAttribute("arrived");
    if (arrived) return sweep((record) => record.key === arrived);
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.key = `${PREFIX}${this.getAttribute("owner")} ${this.getAttribute("name")}`;
    const keep = () => this.keep();
    for (const event of ["input", "change", "sz:place", "sz:photo-removed"]) this.addEventListener(event, keep);
    this.addEventListener("submit", (event) => this.submitting(event), true);
    this.photos = new MutationObserver(keep);
    for (const list of this.querySelectorAll("sz-photos ul")) this.photos.observe(list, { childList: true, subtree: true });
    this.back = () => this.queued && this.go();
    addEventListener("online", this.back);
    if (!this.hasAttribute("again")) this.restore();
  }
  disconnectedCallback() {
    this.photos?.disconnect();
    if (this.back) removeEventListener("online", this.back);
  }
  get fields() {
    return [...new FormData(this.form)].filter(([name, value]) => !OURS.has(name) && typeof value === "string");
  }
  keep() {
    const fields = this.fields, id = this.form.elements.key?.value || this.form.elements.id?.value;
    // Photos that have arrived are ids in hidden fields; those still on the way are the picker's matter.
    const said = fields.some(([name, value]) => !["key", "expect", "id"].includes(name) && value);
    try {
      if (said) localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), key: id, fields }));
      else localStorage.removeItem(this.key);
    } catch { /* full, or forbidden: the form works without */ }
  }
  restore() {
    let record;
    try { record = JSON.parse(localStorage.getItem(this.key)); } catch { return; }
    if (!record) return;
    const values = Map.groupBy ? Map.groupBy(record.fields, ([name]) => name) : record.fields.reduce((all, pair) => all.set(pair[0], [...(all.get(pair[0]) ?? []), pair]), new Map());
    for (const field of this.form.elements) {
      const given = values.get(field.name)?.map(([, value]) => value);
      if (!given || OURS.has(field.name) || field.type === "file" || field.closest("sz-photos")) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = given.includes(field.value);
      else field.value = given[0];
      field.closest("details")?.toggleAttribute("open", Boolean(field.closest("details").open || (given[0] && field.type !== "hidden")));
    }
    for (const picker of this.querySelectorAll("sz-photos")) for (const [, id] of values.get(picker.getAttribute("name")) ?? []) this.photo(picker, id);
    toast(this.getAttribute("restored"));
  }
  /** A photo that had arrived already: asked for again, since its address was short-lived. */
  async photo(picker, id) {
    if (picker.querySelector(`[data-id="${CSS.escape(id)}"]`)) return;
    const answer = await fetch(`${picker.getAttribute("upload")}/kept/${id}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const { thumb } = await answer.json();
    await customElements.whenDefined("sz-photos");
    const shot = picker.querySelector("template").content.firstElementChild.cloneNode(true);
    shot.dataset.id = id;
    shot.dataset.state = "kept";
    Object.assign(shot.querySelector("img"), { src: thumb, alt: "" });
    shot.append(Object.assign(document.createElement("input"), { type: "hidden", name: picker.getAttribute("name"), value: id }));
    picker.querySelector(".add-cell").before(shot);
    picker.count();
  }
  submitting(event) {
    this.keep();
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation();
    this.queued = event.submitter ?? true;
    toast(this.getAttribute("queued"), "warn");
  }
  go() {
    const button = this.queued;
    this.queued = null;
    this.form.requestSubmit(button instanceof HTMLElement ? button : undefined);
  }
});

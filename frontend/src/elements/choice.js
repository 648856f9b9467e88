// A long drop-down that can be searched: <sz-choice><select>…</select></sz-choice>. The select stays what is sent; without script it is all there is.
import { announce, say } from "../lib/words.js";

const SHORT = 12; // up to so many, a drop-down is quicker
const MOST = 60; // rows shown at once: more is not a list to read but a word to type
let number = 0;

customElements.define("sz-choice", class extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    if (!this.select || this.input || this.select.options.length <= SHORT) return;
    const list = `sz-choice-${++number}`, id = this.select.id;
    this.input = Object.assign(document.createElement("input"), { type: "text", id, autocomplete: "off", spellcheck: false });
    const about = { role: "combobox", "aria-expanded": "false", "aria-controls": list, "aria-autocomplete": "list" };
    for (const name of ["aria-describedby", "aria-invalid", "aria-label"]) if (this.select.hasAttribute(name)) about[name] = this.select.getAttribute(name);
    if (this.select.required) about["aria-required"] = "true";
    for (const [name, value] of Object.entries(about)) this.input.setAttribute(name, value);
    this.input.placeholder = this.select.options[0]?.value ? "" : this.select.options[0]?.text ?? "";
    this.list = Object.assign(document.createElement("div"), { id: list, className: "choice-list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", document.querySelector(`label[for="${CSS.escape(id)}"]`)?.textContent.trim() || say("choices"));
    // The label leads to what one types in; the select keeps its name, and no constraint that could not be shown.
    Object.assign(this.select, { id: `${id}-select`, hidden: true, required: false });
    // One line of input cuts a long name: then it stands below, whole. What reads pages aloud has it from the input.
    this.whole = Object.assign(document.createElement("p"), { className: "help", hidden: true });
    this.whole.setAttribute("aria-hidden", "true");
    this.select.before(this.input, this.list, this.whole);
    new ResizeObserver(() => this.fit()).observe(this.input);
    this.input.addEventListener("input", () => this.show(this.input.value));
    this.input.addEventListener("click", () => this.show(""));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.leave());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus where one types
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.choose(row);
    });
    this.select.addEventListener("change", () => this.write());
    this.select.form?.addEventListener("reset", () => setTimeout(() => this.write()));
    this.write();
  }
  fit() {
    this.whole.textContent = this.input.value;
    this.whole.hidden = this.input.scrollWidth <= this.input.clientWidth;
  }
  write() {
    const chosen = this.select.selectedOptions[0];
    this.input.value = chosen?.value ? chosen.text : "";
    this.fit();
  }
  show(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const fit = [...this.select.options].filter((one) => one.value && words.every((word) => one.text.toLowerCase().includes(word)));
    let group = null, into = this.list;
    this.list.replaceChildren();
    for (const one of fit.slice(0, MOST)) {
      const label = one.parentElement.label ?? null;
      if (label !== group) {
        group = label;
        into = label ? this.list.appendChild(document.createElement("div")) : this.list;
        if (label) {
          into.setAttribute("role", "group");
          into.setAttribute("aria-label", label);
          into.append(Object.assign(document.createElement("div"), { className: "choice-group", textContent: label, ariaHidden: "true" }));
        }
      }
      const row = Object.assign(document.createElement("div"), { className: "choice", id: `${this.list.id}-${one.index}`, textContent: one.text });
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(one.selected));
      row.dataset.index = one.index;
      into.append(row);
    }
    const left = fit.length - MOST;
    this.note = left > 0 ? say("moreChoices", { n: left }) : fit.length ? "" : say("nothing");
    this.list.dataset.note = this.note;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.point(words.length && fit.length ? this.rows()[0] : this.list.querySelector("[aria-selected=true]"));
    announce(this.note || say("choicesFound", { n: fit.length }));
  }
  rows() {
    return [...this.list.querySelectorAll("[role=option]")];
  }
  point(row) {
    this.at?.classList.remove("on");
    this.at = row ?? null;
    row?.classList.add("on");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }
  key(event) {
    const open = !this.list.hidden, step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!open) return this.show("");
      const rows = this.rows(), at = rows.indexOf(this.at);
      return this.point(rows[(at + step + rows.length + (at < 0 && step < 0 ? 1 : 0)) % rows.length]);
    }
    if (event.key === "Enter" && open) {
      event.preventDefault();
      if (this.at) this.choose(this.at);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.write();
      this.close();
    }
  }
  choose(row) {
    this.close();
    this.take(Number(row.dataset.index));
  }
  take(index) {
    if (index === this.select.selectedIndex) return this.write();
    this.select.selectedIndex = index;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }
  leave() {
    if (this.list.hidden) return;
    const text = this.input.value.trim().toLowerCase();
    const fit = [...this.select.options].filter((one) => one.value && one.text.toLowerCase().includes(text));
    const found = fit.find((one) => one.text.toLowerCase() === text) ?? (text && fit.length === 1 ? fit[0] : null);
    this.close();
    this.take(!text && !this.select.options[0]?.value ? 0 : found?.index ?? this.select.selectedIndex);
  }
  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.point(null);
  }
});

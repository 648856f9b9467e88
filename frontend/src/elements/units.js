// Choosing several units, one of which leads: finding by a few characters, and a lead that follows the choice. Without this, boxes do.
customElements.define("sz-units", class extends HTMLElement {
  connectedCallback() {
    this.rows = [...this.querySelectorAll(".unit-row")];
    this.said = this.querySelector(".units-said");
    const find = this.querySelector(".units-find");
    if (this.rows.length > 8) find.hidden = false;
    find.querySelector("input").addEventListener("input", (event) => this.find(event.target.value));
    // Enter looks for a unit here; it must not send the form.
    find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    this.addEventListener("change", (event) => this.changed(event.target));
    this.form = this.closest("form");
    this.again = () => this.say();
    this.form?.addEventListener("change", this.again);
    this.show();
  }
  disconnectedCallback() {
    this.form?.removeEventListener("change", this.again);
  }
  find(text) {
    const words = text.trim().toLowerCase();
    let found = 0;
    for (const group of this.querySelectorAll(".units-group")) {
      let here = 0;
      for (const row of group.querySelectorAll(".unit-row")) {
        row.hidden = !row.textContent.toLowerCase().includes(words);
        here += !row.hidden;
      }
      group.dataset.was ??= String(group.open);
      group.open = words ? here > 0 : group.dataset.was === "true";
      group.hidden = !here;
      if (!words) delete group.dataset.was;
      found += here;
    }
    this.querySelector(".units-none").hidden = found > 0;
  }
  changed(box) {
    const row = box.closest(".unit-row");
    if (!row) return;
    const on = row.querySelector("[type=checkbox]"), lead = row.querySelector("[type=radio]");
    if (box === lead) on.checked = true;
    // One that is let go leads no more; the next one does.
    if (box === on && lead && !on.checked) lead.checked = false;
    const chosen = this.chosen();
    if (lead && chosen.length && !this.querySelector("[type=radio]:checked")) chosen[0].querySelector("[type=radio]").checked = true;
    this.show();
  }
  chosen() {
    return this.rows.filter((row) => row.querySelector("[type=checkbox]").checked);
  }
  show() {
    const chosen = this.chosen(), lead = chosen.find((row) => row.querySelector("[type=radio]")?.checked);
    const text = lead && chosen.length > 1 ? this.dataset.chosen : this.dataset.plain;
    this.said.hidden = !chosen.length;
    this.said.textContent = text.replace("{n}", chosen.length).replace("{name}", lead?.querySelector(".unit-on").textContent.trim() ?? "");
    this.say();
  }
  /** Where one unit is chosen beside these, the button says what sending will do: with others it is another step. */
  say() {
    const button = this.form?.querySelector("[data-several]");
    if (!button) return;
    button.dataset.alone ??= button.textContent;
    const one = this.form.elements[button.dataset.beside]?.value;
    const others = this.chosen().some((row) => row.querySelector("[type=checkbox]").value !== one);
    button.textContent = others ? button.dataset.several : button.dataset.alone;
  }
});

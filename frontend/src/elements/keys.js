// The list under the fingers: j and k move, Enter opens (it is a link), d opens the quick form (or the case, where it has none), x selects, / searches, ? helps.
const typing = (target) => target.closest?.("input, select, textarea, [contenteditable], dialog[open]");

customElements.define("sz-keys", class extends HTMLElement {
  connectedCallback() {
    this.press = (event) => this.key(event);
    document.addEventListener("keydown", this.press);
    this.filled = () => this.querySelector(".quick [data-focus]:not(:focus)")?.focus({ preventScroll: true });
    document.addEventListener("htmx:after:swap", this.filled);
    this.addEventListener("click", (event) => {
      const close = event.target.closest("[data-quick-close]");
      if (close) this.shut(close.closest("[data-point]"));
    });
  }
  disconnectedCallback() {
    document.removeEventListener("keydown", this.press);
    document.removeEventListener("htmx:after:swap", this.filled);
  }
  get rows() { return [...this.querySelectorAll("[data-point]")]; }
  get at() { return this.rows.findIndex((row) => row.contains(document.activeElement)); }
  shut(row) {
    row?.querySelector(".under")?.replaceChildren();
    row?.querySelector("a")?.focus();
  }
  move(by) {
    const rows = this.rows, next = rows[Math.max(0, Math.min(rows.length - 1, this.at < 0 ? 0 : this.at + by))];
    next?.querySelector("a")?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }
  key(event) {
    if (event.key === "Escape") return this.shut(event.target.closest?.("[data-point]"));
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const search = document.querySelector(".desk-search input");
    const deed = {
      j: () => this.move(1),
      k: () => this.move(-1),
      d: () => { const row = this.rows[Math.max(0, this.at)]; (row?.querySelector("[data-quick]") ?? row?.querySelector("a"))?.click() },
      x: () => this.rows[Math.max(0, this.at)]?.querySelector(".pick")?.click(),
      "/": () => search?.focus(),
      "?": () => document.getElementById("keys")?.showModal(),
    }[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  }
});

/** Without script all parts show below each other, with links to each. */
customElements.define("sz-tabs", class extends HTMLElement {
  connectedCallback() {
    const list = this.querySelector(".tabs-list");
    this.tabs = [...list.children];
    list.setAttribute("role", "tablist");
    for (const tab of this.tabs) {
      const panel = this.panel(tab);
      tab.setAttribute("role", "tab");
      tab.id ||= `${this.id}-${tab.dataset.for}`;
      panel.id ||= `${tab.id}-panel`;
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
    }
    list.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab) { event.preventDefault(); this.choose(tab); }
    });
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = this.tabs[(this.tabs.indexOf(document.activeElement) + step + this.tabs.length) % this.tabs.length];
      this.choose(next);
      next.focus();
    });
    this.choose(this.tabs.find((tab) => `#${tab.dataset.for}` === location.hash) ?? this.tabs[0]);
  }
  panel(tab) {
    return this.querySelector(`[data-tab="${tab.dataset.for}"]`);
  }
  choose(chosen) {
    for (const tab of this.tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      this.panel(tab).hidden = tab !== chosen;
    }
    this.panel(chosen).querySelector("sz-map")?.resize?.();
  }
});

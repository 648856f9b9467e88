customElements.define("sz-compare", class extends HTMLElement {
  connectedCallback() {
    const slider = this.querySelector("input");
    slider?.addEventListener("input", () => this.style.setProperty("--cut", `${slider.value}%`));
  }
});

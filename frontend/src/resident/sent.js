import { forget, kept } from "./store.js";

/** The report has arrived: only now may the phone forget it. */
customElements.define("sz-sent", class extends HTMLElement {
  connectedCallback() {
    if ("any" in this.dataset || kept()?.id === this.dataset.draft) forget();
  }
});

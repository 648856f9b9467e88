import { position } from "../lib/position.js";
import { say } from "../lib/words.js";

/** A search form that may also go by where the phone is. */
customElements.define("sz-here", class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("[data-here]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.setAttribute("aria-busy", "true");
      try {
        const { lon, lat } = await position();
        this.querySelector("[name=q]").value = "";
        this.querySelector("[name=place_lon]").value = lon;
        this.querySelector("[name=place_lat]").value = lat;
        this.closest("form").requestSubmit();
      } catch {
        window.sz.toast(say("noPosition"), "warn");
      }
      button.removeAttribute("aria-busy");
    });
  }
});

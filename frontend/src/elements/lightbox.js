import { say } from "../lib/words.js";

function button(label, text) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button icon-only", textContent: text });
  made.setAttribute("aria-label", label);
  return made;
}

/** Links to large pictures open here instead; without script they stay plain links. */
customElements.define("sz-lightbox", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      this.open([...this.querySelectorAll("a[href]")].indexOf(link));
    });
  }
  open(at) {
    const links = [...this.querySelectorAll("a[href]")];
    const box = Object.assign(document.createElement("dialog"), { className: "lightbox" });
    const [head, figure, foot] = ["header", "figure", "footer"].map((name) => document.createElement(name));
    const image = document.createElement("img"), label = document.createElement("span");
    const close = button(say("close"), "✕"), before = button(say("previous"), "‹"), after = button(say("next"), "›");
    head.append(label, close);
    figure.append(image);
    foot.append(before, after);
    foot.hidden = links.length < 2;
    box.append(head, figure, foot);
    const show = (to) => {
      at = (to + links.length) % links.length;
      image.src = links[at].href;
      image.alt = label.textContent = links[at].dataset.alt || "";
      box.setAttribute("aria-label", image.alt);
    };
    before.onclick = () => show(at - 1);
    after.onclick = () => show(at + 1);
    close.onclick = () => box.close();
    box.addEventListener("keydown", ({ key }) => {
      if (key === "ArrowLeft" || key === "ArrowRight") show(at + (key === "ArrowLeft" ? -1 : 1));
    });
    let from;
    figure.onpointerdown = (event) => { from = event.clientX; };
    figure.onpointerup = (event) => { if (Math.abs(event.clientX - from) > 60) show(at + (event.clientX < from ? 1 : -1)); };
    box.onclose = () => { box.remove(); links[at].focus(); };
    document.body.append(box);
    show(at);
    box.showModal();
  }
});

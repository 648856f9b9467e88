import { taken } from "../lib/exif.js";
import { newId } from "../lib/ids.js";
import { send } from "../lib/net.js";
import { shrink } from "../lib/shrink.js";
import { announce, say } from "../lib/words.js";
import { toast } from "./toasts.js";

const WAITS = [1000, 3000, 8000, 20_000];

customElements.define("sz-photos", class extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ul");
    this.input = this.querySelector("input[type=file]");
    this.most = Number(this.getAttribute("most") || 6);
    this.upload = this.getAttribute("upload");
    this.name = this.getAttribute("name");
    this.form = this.closest("form");
    this.input.addEventListener("change", () => this.add([...this.input.files]));
    this.list.addEventListener("click", (event) => this.tapped(event));
    this.guard = (event) => this.submitting(event);
    this.retry = () => this.again();
    this.form?.addEventListener("submit", this.guard, true);
    addEventListener("online", this.retry);
    this.count();
  }
  disconnectedCallback() {
    this.form?.removeEventListener("submit", this.guard, true);
    removeEventListener("online", this.retry);
  }
  get shots() {
    return [...this.list.querySelectorAll(".shot")];
  }
  async add(files) {
    const room = this.most - this.shots.length;
    if (files.length > room) toast(say("tooMany", { n: this.most }), "warn");
    for (const file of files.slice(0, Math.max(room, 0))) await this.take(file);
    if (this.upload) this.input.value = "";
    else this.fill();
  }
  async take(file) {
    const [where, small] = await Promise.all([taken(file), shrink(file)]);
    if (!small) return toast(say("notPicture"), "urgent");
    const shot = this.querySelector("template").content.firstElementChild.cloneNode(true);
    Object.assign(shot, { file: small, where, key: newId() });
    shot.dataset.id = shot.key;
    const image = shot.querySelector("img");
    image.src = URL.createObjectURL(small);
    image.onload = () => URL.revokeObjectURL(image.src);
    image.alt = say("photo", { n: this.shots.length + 1 });
    shot.querySelector(".remove").setAttribute("aria-label", `${say("remove")}: ${image.alt}`);
    this.list.querySelector(".add-cell").before(shot);
    this.count();
    this.tell("sz:photo", { id: shot.key, position: where.position, takenAt: where.at });
    if (this.upload) this.post(shot);
  }
  async post(shot, round = 0) {
    const body = new FormData();
    body.set("id", shot.key);
    body.set("file", shot.file);
    if (shot.where.position) {
      body.set("lon", shot.where.position.lon);
      body.set("lat", shot.where.position.lat);
    }
    if (shot.where.at) body.set("taken_at", shot.where.at);
    this.state(shot, "sending");
    try {
      const { status, body: answer } = await send(this.upload, body, (part) => this.progress(shot, part));
      if (status >= 500 || !status) throw new Error("server");
      if (status >= 400) return this.state(shot, "refused", answer.detail || answer.title || say("notPicture"));
      this.keep(shot, answer.id || shot.key);
    } catch {
      if (!shot.isConnected) return;
      this.state(shot, "waiting", navigator.onLine ? say("retry") : say("waiting"));
      if (round < WAITS.length && navigator.onLine) setTimeout(() => shot.dataset.state === "waiting" && this.post(shot, round + 1), WAITS[round]);
    }
  }
  keep(shot, id) {
    if (!shot.isConnected) return;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: this.name, value: id });
    shot.append(field);
    this.state(shot, "kept");
    if (this.held && this.settled) this.form.requestSubmit(this.held.submitter);
  }
  get settled() {
    return this.shots.every((shot) => !shot.dataset.state || shot.dataset.state === "kept");
  }
  state(shot, state, trouble = "") {
    shot.dataset.state = state;
    shot.querySelector(".trouble")?.remove();
    if (state !== "sending") shot.querySelector("progress")?.remove();
    if (trouble) {
      const note = Object.assign(document.createElement("button"), { type: "button", className: "trouble", textContent: trouble });
      shot.append(note);
      announce(trouble);
    }
  }
  progress(shot, part) {
    let bar = shot.querySelector("progress");
    if (!bar) shot.append((bar = Object.assign(document.createElement("progress"), { max: 1, ariaLabel: say("sending") })));
    bar.value = part;
  }
  again() {
    for (const shot of this.shots) if (shot.dataset.state === "waiting") this.post(shot);
  }
  tapped(event) {
    const shot = event.target.closest(".shot");
    if (!shot) return;
    if (event.target.closest(".remove")) {
      shot.remove();
      this.count();
      this.fill();
      this.tell("sz:photo-removed", { id: shot.dataset.id });
      this.input.focus();
    } else if (event.target.closest(".trouble") && shot.dataset.state === "waiting") this.post(shot);
  }
  /** Without an upload address the downscaled files travel in the form itself. */
  fill() {
    if (this.upload) return;
    const files = new DataTransfer();
    for (const shot of this.shots) if (shot.file) files.items.add(shot.file);
    this.input.files = files.files;
  }
  submitting(event) {
    this.input.setCustomValidity("");
    if (!this.upload || this.settled) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const failed = this.shots.some((shot) => shot.dataset.state === "refused");
    toast(say(failed ? "photosFailed" : "stillSending"), failed ? "urgent" : "");
    this.held = failed ? null : { submitter: event.submitter };
    if (!failed) this.again();
  }
  count() {
    this.list.querySelector(".add-cell").hidden = this.shots.length >= this.most;
    this.input.required = this.hasAttribute("required") && !this.shots.length;
  }
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
});

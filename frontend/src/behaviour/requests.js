// htmx: CSRF on every change, the refusal dialog, and a word when nothing comes back.
import { token } from "../lib/net.js";
import { say } from "../lib/words.js";
import { toast } from "../elements/toasts.js";

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (!/^(get|head)$/i.test(ctx.request.method)) ctx.request.headers["X-CSRFToken"] = token();
});

document.addEventListener("htmx:after:swap", () => {
  const dialog = document.getElementById("sz-refusal");
  if (dialog && !dialog.open && document.querySelector("#sz-refusal-body > *")) dialog.showModal();
});
document.addEventListener("close", ({ target }) => {
  if (target.id === "sz-refusal") document.getElementById("sz-refusal-body").replaceChildren();
}, true);

document.addEventListener("htmx:error", ({ detail }) => {
  if (detail?.ctx?.status === "error" || detail?.error) toast(say("failed"), "urgent");
});

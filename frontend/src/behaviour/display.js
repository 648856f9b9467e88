// Theme and type size change at once; the server keeps the choice for the next page.
import { token } from "../lib/net.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("display" in form.dataset) || !event.submitter) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { name, value } = event.submitter;
  if (value) document.documentElement.dataset[name] = value;
  else delete document.documentElement.dataset[name];
  // The same switch stands in the menu and on the page.
  for (const button of document.querySelectorAll(`[data-display] button[name="${name}"]`)) button.setAttribute("aria-pressed", String(button.value === value));
  document.dispatchEvent(new CustomEvent("sz:display"));
  const body = new URLSearchParams({ [name]: value, next: location.pathname });
  fetch(form.action, { method: "POST", body, headers: { "X-CSRFToken": token() }, redirect: "manual" }).catch(() => {});
}, true);

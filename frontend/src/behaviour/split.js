// The map beside a list ends with the window, however much stands above both.
const seen = new ResizeObserver(() => {
  for (const split of document.querySelectorAll(".split")) split.style.setProperty("--above", `${split.offsetTop}px`);
});

document.addEventListener("DOMContentLoaded", () => {
  for (const one of document.querySelectorAll(".desk-main:has(> .split), .desk-main:has(> .split) > *")) seen.observe(one);
});

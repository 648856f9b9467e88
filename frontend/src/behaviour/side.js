// The column beside a case stays in view. Higher than the window, it stops when its end is seen: else that end could not be reached before the
// end of the page.
const seen = new ResizeObserver((changes) => {
  for (const { target } of changes) target.style.setProperty("--side-height", `${target.offsetHeight}px`);
});

document.addEventListener("DOMContentLoaded", () => {
  for (const side of document.querySelectorAll(".case-side")) seen.observe(side);
});

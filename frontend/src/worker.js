// The worker's pages: how far it is, and words that survive a hole in the network.
import "./css/worker.css";
import "./worker/near.js";
import "./worker/draft.js";

// A photo of the place knows where it was taken.
document.addEventListener("sz:photo", ({ target, detail }) => {
  if (detail.position && target.getAttribute("name") === "photos") target.closest("form")?.querySelector("sz-place")?.at(detail.position.lon, detail.position.lat);
});

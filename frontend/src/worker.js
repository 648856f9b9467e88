// The worker's pages: how far it is, and words that survive a hole in the network.
import "./css/worker.css";
import "./worker/near.js";
import "./worker/draft.js";

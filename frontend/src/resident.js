// The resident's pages: a report that is not lost, pages that follow their matter.
import "./css/resident.css";
import "./resident/report.js";
import "./resident/sent.js";
import "./resident/here.js";

import "./css/index.css";
import htmx from "htmx.org";
import "./behaviour/requests.js";
import "./behaviour/page.js";
import "./behaviour/forms.js";
import "./behaviour/display.js";
import "./behaviour/side.js";
import "./behaviour/split.js";
import "./elements/toasts.js";
import "./elements/clock.js";
import "./elements/compare.js";
import "./elements/lightbox.js";
import "./elements/tabs.js";
import "./elements/photos.js";
import "./elements/place.js";
import "./elements/map.js";
import "./elements/live.js";
import "./elements/keys.js";
import "./elements/pick.js";
import "./elements/choice.js";
import "./elements/units.js";

window.htmx = htmx;
if ("serviceWorker" in navigator && window.isSecureContext) {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}

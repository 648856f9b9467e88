import { Map as Sheet, setWorkerUrl } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "./vendor.css";
import { toGcj, toWgs } from "../lib/datum.js";
import { say } from "../lib/words.js";
import { tie } from "./list.js";
import { addPlaces, addPoints, CLOSEST, NOTHING } from "./layers.js";
import { letter } from "./names.js";
import { paints } from "./paint.js";
import { joined } from "./shapes.js";
import { load } from "./sources.js";
import { corners, extent, margins, own } from "./view.js";

setWorkerUrl(worker);
const CHINA = [102.5, 30];

/** Draws into the element; resolves when the first picture stands. */
export async function draw(host) {
  const shifted = host.getAttribute("tiles-datum") === "gcj02" && host.hasAttribute("tiles");
  const [onto, back] = shifted ? [toGcj, toWgs] : [(x, y) => [x, y], (x, y) => [x, y]];
  const canvas = Object.assign(document.createElement("div"), { className: "canvas" });
  host.prepend(canvas);
  const given = ["lon", "lat"].map((name) => parseFloat(host.getAttribute(name)));
  const centre = given.some(Number.isNaN) ? host.getAttribute("center")?.split(",").map(Number) : given;
  const zoom = Number(host.getAttribute("zoom") ?? (centre ? 14 : 4));
  const picks = host.hasAttribute("pick"), listed = host.hasAttribute("list");
  const map = new Sheet({
    container: canvas,
    style: style(host),
    center: onto(...(centre ?? CHINA)),
    zoom,
    maxZoom: CLOSEST,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    localIdeographFontFamily: getComputedStyle(host).fontFamily,
    cooperativeGestures: false,
    locale: { "Map.Title": host.getAttribute("aria-label") },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  await new Promise((resolve, reject) => { map.once("load", resolve); map.once("error", ({ error }) => reject(error)); });

  const places = host.getAttribute("places"), points = host.getAttribute("points");
  addPlaces(map);
  addPoints(map);
  let held;
  const fill = async () => {
    const [area, dots] = await Promise.all([places ? load(places, onto) : NOTHING, points ? load(points, onto) : NOTHING]);
    held = { area, dots, home: own(area, centre && !picks && !listed ? onto(...centre) : null) };
    map.getSource("places").setData(area);
    map.getSource("points").setData(dots);
    if (area.made_up && !host.querySelector(".map-made-up")) host.append(Object.assign(document.createElement("p"), { className: "map-made-up", textContent: say("madeUp") }));
  };
  await fill();
  tools(host, map);
  const settle = () => {
    const { area, dots, home } = held;
    const whole = home ?? (listed && !centre ? extent(area, dots) : joined([extent(area, NOTHING), extent(NOTHING, dots)]));
    if (whole && !(centre && (picks || host.hasAttribute("tiles")))) fit(host, map, corners(whole), home ? zoom : 15);
  };
  settle();
  const stands = () => `${map.getCenter()} ${map.getZoom()}`;
  let fitted = stands(); // until somebody moves the map it stays fitted, whatever becomes of its frame
  map.on("resize", () => { if (stands() === fitted) { settle(); fitted = stands(); } });
  letter(host, map, () => held.area);
  const { highlight } = tie(host, map, () => held.dots);
  if (picks) pick(host, map, back);
  map.on("moveend", () => host.dispatchEvent(new CustomEvent("sz:moved", { detail: { bounds: map.getBounds().toArray().flat() }, bubbles: true })));
  const recolour = () => { for (const [layer, name, value] of paints()) map.getLayer(layer) && map.setPaintProperty(layer, name, value); };
  document.addEventListener("sz:display", recolour);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", recolour);
  return {
    map,
    highlight,
    refresh: fill,
    resize: () => map.resize(),
    go: (lon, lat, zoom, picked = false) => map.easeTo({ center: onto(lon, lat), zoom: zoom ?? map.getZoom() }, { picked }),
    remove: () => {
      document.removeEventListener("sz:display", recolour);
      dark.removeEventListener("change", recolour);
      map.remove();
    },
  };
}

/** With room for names at the edges, and for the buttons if the places reach up to them. */
function fit(host, map, bounds, maxZoom) {
  // The canvas is as large as the library knows; its frame may be another size already, which the library hears of later.
  const frame = map.getCanvas().getBoundingClientRect(), bar = host.querySelector(".map-tools").getBoundingClientRect();
  const [around, ...clear] = margins(frame, bar);
  const show = (padding) => map.fitBounds(bounds, { padding, maxZoom, animate: false });
  show(around);
  const { x, y } = map.project(bounds[1]);
  if (x < bar.left - frame.left || y > bar.bottom - frame.top || !clear.length) return;
  const zoom = (padding) => map.cameraForBounds(bounds, { padding, maxZoom })?.zoom ?? 0;
  show(clear.reduce((best, one) => (zoom(one) > zoom(best) ? one : best)));
}

function style(host) {
  const tiles = host.getAttribute("tiles");
  const ground = { id: "ground", type: "background", paint: { "background-color": paints.ground() } };
  const base = { version: 8, sources: {}, layers: [ground] };
  if (!tiles) return base; // no `glyphs`: every label is set in the phone's own type
  base.sources.tiles = { type: "raster", tiles: [tiles], tileSize: 256, maxzoom: 18 };
  base.layers.push({ id: "tiles", type: "raster", source: "tiles" });
  return base;
}

function pick(host, map, back) {
  const pin = Object.assign(document.createElement("div"), { className: "crosshair" });
  pin.append(host.querySelector('[data-icons]').content.querySelector('[data-name="pin"] svg').cloneNode(true));
  host.append(pin);
  host.note(say("moveMap"));
  const name = host.getAttribute("pick");
  map.on("moveend", ({ originalEvent, picked }) => {
    if (!originalEvent && !picked) return; // zoom buttons and searches move the map without choosing the spot
    const { lng, lat } = map.getCenter();
    const [lon, y] = back(lng, lat).map((value) => Math.round(value * 1e6) / 1e6);
    host.querySelector(`input[name="${name}_lon"]`).value = lon;
    host.querySelector(`input[name="${name}_lat"]`).value = y;
    host.note("");
    host.dispatchEvent(new CustomEvent("sz:pick", { detail: { lon, lat: y }, bubbles: true }));
  });
  map.on("click", ({ lngLat }) => map.easeTo({ center: lngLat }, { picked: true }));
}

function tools(host, map) {
  const bar = Object.assign(document.createElement("div"), { className: "map-tools no-print" });
  const icons = host.querySelector("[data-icons]").content;
  const add = (icon, label, action) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button icon-only", onclick: action });
    button.setAttribute("aria-label", label);
    button.append(icons.querySelector(`[data-name="${icon}"] svg`).cloneNode(true));
    bar.append(button);
  };
  if (host.hasAttribute("locate")) add("locate", say("locate"), () => host.locate());
  add("in", say("zoomIn"), () => map.zoomIn());
  add("out", say("zoomOut"), () => map.zoomOut());
  host.append(bar);
}

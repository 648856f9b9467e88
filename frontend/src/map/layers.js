import { initial } from "./paint.js";

export const NOTHING = { type: "FeatureCollection", features: [] };
export const SIZE = 13, TALL = 1.2; // of a name, and its lines
export const CLOSEST = 19.9; // dots that no zoom parts stay one, with their number
const OWN = ["boolean", ["get", "own"], false];

/** Of a dot or a cluster, in pixels. */
export const radius = (count) => (count >= 100 ? 24 : count >= 10 ? 19 : count ? 15 : 11);

export function addPlaces(map) {
  map.addSource("places", { type: "geojson", data: NOTHING });
  map.addSource("place-names", { type: "geojson", data: NOTHING });
  map.addLayer({ id: "place-fill", type: "fill", source: "places", paint: { ...initial("place-fill"), "fill-opacity": ["case", OWN, 0.14, 0.06] } });
  map.addLayer({ id: "place-line", type: "line", source: "places", paint: { ...initial("place-line"), "line-width": ["case", OWN, 2, 1], "line-opacity": 0.6 } });
  // Names come already placed and in lines (see lettering.js).
  map.addLayer({
    id: "place-name", type: "symbol", source: "place-names",
    layout: { "text-field": ["get", "name"], "text-size": SIZE, "text-line-height": TALL, "text-max-width": 100, "text-allow-overlap": true },
    paint: { ...initial("place-name"), "text-halo-width": 1.5 },
  });
}

export function addPoints(map) {
  map.addSource("points", { type: "geojson", data: NOTHING, maxzoom: 20, cluster: true, clusterMaxZoom: 19, clusterRadius: 40, promoteId: "id" });
  map.addSource("chosen", { type: "geojson", data: NOTHING });
  const single = ["!", ["has", "point_count"]];
  map.addLayer({ id: "cluster", type: "circle", source: "points", filter: ["has", "point_count"], paint: { ...initial("cluster"), "circle-radius": ["step", ["get", "point_count"], radius(2), 10, radius(10), 100, radius(100)] } });
  map.addLayer({ id: "cluster-count", type: "symbol", source: "points", filter: ["has", "point_count"], layout: { "text-field": ["get", "point_count_abbreviated"], "text-size": 13, "text-allow-overlap": true }, paint: initial("cluster-count") });
  map.addLayer({ id: "point-ring", type: "circle", source: "points", filter: single, paint: { ...initial("point-ring"), "circle-radius": radius() } });
  map.addLayer({ id: "point", type: "circle", source: "points", filter: single, paint: { ...initial("point"), "circle-radius": 8.5 } });
  map.addLayer({ id: "point-label", type: "symbol", source: "points", filter: ["all", single, [">", ["coalesce", ["get", "count"], 1], 1]], layout: { "text-field": ["to-string", ["get", "count"]], "text-size": 11, "text-allow-overlap": true }, paint: initial("point-label") });
  map.addLayer({ id: "point-chosen", type: "circle", source: "chosen", paint: { "circle-radius": ["get", "radius"], "circle-color": "transparent", "circle-stroke-width": 3, ...initial("point-chosen") } });
}

/** Writes features into a source and tells so, if they are others than before: else what is written when the map rests would wake it without end. */
export function writer(map, source) {
  let last = "[]";
  return (features) => {
    const text = JSON.stringify(features);
    if (text === last) return false;
    last = text;
    map.getSource(source).setData({ type: "FeatureCollection", features });
    return true;
  };
}

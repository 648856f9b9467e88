import { initial } from "./paint.js";

const NOTHING = { type: "FeatureCollection", features: [] };
export const empty = async () => ({ data: NOTHING, bounds: null });

export function addPlaces(map) {
  map.addSource("places", { type: "geojson", data: NOTHING });
  map.addSource("place-names", { type: "geojson", data: NOTHING });
  map.addLayer({ id: "place-fill", type: "fill", source: "places", paint: { ...initial("place-fill"), "fill-opacity": 0.06 } });
  map.addLayer({ id: "place-line", type: "line", source: "places", paint: { ...initial("place-line"), "line-width": 1, "line-opacity": 0.6 } });
  map.addLayer({
    id: "place-name", type: "symbol", source: "place-names",
    layout: { "text-field": ["get", "name"], "text-size": 13, "text-max-width": 8, "text-padding": 6, "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 1, "text-justify": "auto" },
    paint: { ...initial("place-name"), "text-halo-width": 1.5 },
  });
}

export function addPoints(map) {
  map.addSource("points", { type: "geojson", data: NOTHING, cluster: true, clusterMaxZoom: 13, clusterRadius: 36, promoteId: "id" });
  const single = ["!", ["has", "point_count"]];
  map.addLayer({ id: "cluster", type: "circle", source: "points", filter: ["has", "point_count"], paint: { ...initial("cluster"), "circle-radius": ["step", ["get", "point_count"], 15, 10, 19, 100, 24] } });
  map.addLayer({ id: "cluster-count", type: "symbol", source: "points", filter: ["has", "point_count"], layout: { "text-field": ["get", "point_count_abbreviated"], "text-size": 13, "text-allow-overlap": true }, paint: initial("cluster-count") });
  // Circles keep no room for themselves: an unseen letter does, and names make way for it.
  map.addLayer({ id: "point-room", type: "symbol", source: "points", layout: { "text-field": "●", "text-size": 24, "text-allow-overlap": true }, paint: { "text-opacity": 0 } });
  map.addLayer({ id: "point-ring", type: "circle", source: "points", filter: single, paint: { ...initial("point-ring"), "circle-radius": 11 } });
  map.addLayer({ id: "point", type: "circle", source: "points", filter: single, paint: { ...initial("point"), "circle-radius": 8.5 } });
  map.addLayer({ id: "point-label", type: "symbol", source: "points", filter: ["all", single, [">", ["coalesce", ["get", "count"], 1], 1]], layout: { "text-field": ["to-string", ["get", "count"]], "text-size": 11, "text-allow-overlap": true }, paint: initial("point-label") });
  map.addLayer({ id: "point-chosen", type: "circle", source: "points", filter: ["==", ["get", "id"], ""], paint: { "circle-radius": 14, "circle-color": "transparent", "circle-stroke-width": 3, ...initial("point-chosen") } });
}

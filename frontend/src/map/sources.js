import { json } from "../lib/net.js";

/** GeoJSON from the server, moved onto the base map's datum, with its bounds. */
export async function load(url, onto) {
  const data = await json(url);
  let [west, south, east, north] = [180, 90, -180, -90];
  const walk = (coordinates) => {
    if (typeof coordinates[0] !== "number") return coordinates.map(walk);
    const [x, y] = onto(coordinates[0], coordinates[1]);
    [west, south, east, north] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)];
    return [x, y];
  };
  for (const feature of data.features) {
    if (feature.id != null) feature.properties.id = String(feature.id);
    else if (feature.properties.id != null) feature.properties.id = String(feature.properties.id);
    feature.geometry = { ...feature.geometry, coordinates: walk(feature.geometry.coordinates) };
  }
  return { data, bounds: west <= east ? [[west, south], [east, north]] : null };
}

/** A point for each place's name: left to itself the map writes it once in every tile that the place reaches into. */
export function names({ features }) {
  const middles = features.filter(({ geometry, properties }) => properties.name && /Polygon$/.test(geometry.type)).map(({ geometry, properties }) => {
    const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map(([outer]) => outer);
    const [, ...coordinates] = rings.map(centroid).reduce((most, one) => (one[0] > most[0] ? one : most));
    return { type: "Feature", properties, geometry: { type: "Point", coordinates } };
  });
  return { type: "FeatureCollection", features: middles };
}

/** The bounds of the smallest place around a point. Without a base map its outline is what says where the point is. */
export function around({ features }, [x, y]) {
  const boxes = features.filter(({ geometry }) => /Polygon$/.test(geometry.type)).map(({ geometry }) => {
    const all = geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2);
    const [xs, ys] = [all.map(([one]) => one), all.map(([, one]) => one)];
    return [[Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]];
  });
  const size = ([[west, south], [east, north]]) => (east - west) * (north - south);
  const held = boxes.filter(([[west, south], [east, north]]) => west <= x && x <= east && south <= y && y <= north);
  return held.sort((one, other) => size(one) - size(other))[0] ?? null;
}

function centroid(ring) {
  let [area, x, y] = [0, 0, 0];
  const [x0, y0] = ring[0]; // near the origin the small differences keep their digits
  for (let n = 1; n < ring.length; n += 1) {
    const [ax, ay, bx, by] = [ring[n - 1][0] - x0, ring[n - 1][1] - y0, ring[n][0] - x0, ring[n][1] - y0];
    const cross = ax * by - bx * ay;
    [area, x, y] = [area + cross, x + (ax + bx) * cross, y + (ay + by) * cross];
  }
  return area ? [Math.abs(area), x0 + x / (3 * area), y0 + y / (3 * area)] : [0, x0, y0];
}

/** Where to look first: at the points, with at least a quarter of the area around them, so that one point alone has a neighbourhood. */
export function roomy(points, area) {
  if (!points || !area) return points ?? area;
  const [[west, south], [east, north]] = points;
  const spread = (axis, low, high) => Math.max(0, ((area[1][axis] - area[0][axis]) / 4 - (high - low)) / 2);
  const [x, y] = [spread(0, west, east), spread(1, south, north)];
  return [[west - x, south - y], [east + x, north + y]];
}

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

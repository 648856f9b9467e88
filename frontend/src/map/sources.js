import { json } from "../lib/net.js";

/** GeoJSON from the server, moved onto the base map's datum. */
export async function load(url, onto) {
  const data = await json(url);
  const walk = (coordinates) => (typeof coordinates[0] === "number" ? onto(coordinates[0], coordinates[1]) : coordinates.map(walk));
  for (const feature of data.features) {
    if (feature.id != null) feature.properties.id = String(feature.id);
    else if (feature.properties.id != null) feature.properties.id = String(feature.properties.id);
    feature.geometry = { ...feature.geometry, coordinates: walk(feature.geometry.coordinates) };
  }
  return data;
}

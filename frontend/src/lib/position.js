import { toWgs } from "./datum.js";

/** {lon, lat, accuracy} in WGS-84. `datum` "gcj02" for shells that answer in the map's datum against the standard. */
export function position(datum = "wgs84") {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) return reject(new Error("none"));
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const { longitude, latitude, accuracy } = coords;
      const [lon, lat] = datum === "gcj02" ? toWgs(longitude, latitude) : [longitude, latitude];
      resolve({ lon, lat, accuracy });
    }, reject, { enableHighAccuracy: true, timeout: 10_000, maximumAge: 30_000 });
  });
}

// What a map looks at first, and which place it is about.
import { boxOf, inside, joined, ringsOf } from "./shapes.js";

const box = ({ geometry }) => boxOf(ringsOf(geometry).flat());
const size = ([west, south, east, north]) => (east - west) * (north - south);

/** The smallest place that a point lies in. */
export function holding({ features }, point) {
  const held = features.filter(({ geometry }) => inside(ringsOf(geometry), point));
  return held.sort((one, other) => size(box(one)) - size(box(other)))[0] ?? null;
}

/** The places that hold what is listed, wholly, and what lies in none; all that is drawn, if that is most of it anyway. */
export function extent(area, dots) {
  const points = dots.features.map(({ geometry }) => geometry.coordinates);
  const homes = new Set(points.map((point) => holding(area, point)).filter(Boolean));
  const held = joined([boxOf(points), ...[...homes].map(box)]), all = joined(area.features.map(box));
  return held && all && size(held) < size(all) / 2 ? held : joined([held, all]);
}

/** The box of the place that the map is about: what the server marked, else what holds the point; it is marked then. */
export function own(area, point) {
  const found = area.features.find(({ properties }) => properties.own) ?? (point && holding(area, point));
  if (!found) return null;
  found.properties.own = true;
  return box(found);
}

export const corners = ([west, south, east, north]) => [[west, south], [east, north]];

/** Around what is shown: for names, then beside or below the buttons too, unless they stand below the map. More than half of the map always stays. */
export function margins(frame, bar) {
  const across = Math.min(40, frame.width / 12), along = Math.min(28, frame.height / 10);
  const around = { left: across, right: across, top: along, bottom: along };
  if (bar.width > frame.width / 3) return [around];
  const below = { ...around, top: along + bar.height };
  return [around, { ...around, right: across + bar.width }, ...(below.top + along < frame.height / 2 ? [below] : [])];
}

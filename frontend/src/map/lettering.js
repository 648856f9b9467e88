// Where each place's name stands: wholly inside the frame, over no dot, no button and no other name; or nowhere.
import { boxOf, centroid, clipped, inside, ringsOf } from "./shapes.js";

const GAP = 4, APART = 3, WIDEST = 112, STEP = 8, STEPS = [9, 24];

const words = globalThis.Intl?.Segmenter && new Intl.Segmenter("zh", { granularity: "word" });

/** Where a line may break: between words, never inside brackets or behind a number's 第. */
function pieces(name) {
  const parts = name.match(/（[^）]*）|\([^)]*\)|\s+|第[一二三四五六七八九十百\d]+[\u2e80-\u9fff]{0,2}|(?:(?!第)[\u2e80-\u9fff])+|[^\s\u2e80-\u9fff（(]+|./g) ?? [];
  const split = (text) => words ? Array.from(words.segment(text), ({ segment }) => segment) : Array.from(text);
  return parts.flatMap((part) => /^(?!第)[\u2e80-\u9fff]/.test(part) ? split(part) : [part]);
}

/** A name in lines of about the same length, `more` of them than it needs; `wide` measures a text in pixels. */
export function lines(name, wide, more = 0) {
  const parts = pieces(name);
  const rowsMeant = Math.ceil(wide(name) / WIDEST) + more, most = wide(name) / rowsMeant + 8;
  const rows = [""];
  for (const part of parts) {
    const row = rows.at(-1);
    if (row && wide(row + part) > (rows.length < rowsMeant ? most : WIDEST)) rows.push(part.trim());
    else rows[rows.length - 1] = row + part;
  }
  return rows.map((row) => row.trim()).filter(Boolean);
}

/** `places`: {name, rings, own} in pixels of the frame [width, height]; `taken`: boxes to stay clear of; `rooms`: a name's [width, height] in each way of
 *  writing it, the best first. The own place comes first, then whatever shows most of itself. Gives {place, at, way}. */
export function lettering(places, [width, height], taken, rooms) {
  const frame = [GAP, GAP, width - GAP, height - GAP];
  const seen = places.map((place) => ({ place, ...sight(place, frame) })).filter(({ size }) => size > 0);
  seen.sort((one, other) => Boolean(other.place.own) - Boolean(one.place.own) || other.size - one.size);
  const full = [...taken], found = [];
  for (const { place, middle, box, whole } of seen) {
    const holds = (x, y) => inside(place.rings, [x, y]);
    const ways = rooms(place.name).map(([wide, high], way) => {
      const put = ([x, y]) => [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2];
      const free = (at) => within(put(at), frame) && !full.some((other) => over(wider(put(at)), other));
      const near = (box) => spread(box, middle).filter(free).sort((one, other) => far(one, middle) - far(other, middle));
      return { way, wide, high, put, near, spots: near(box) };
    });
    const ours = ({ wide, spots }) => spots.find(([x, y]) => [x, x - wide / 2, x + wide / 2].every((one) => holds(one, y)));
    const mostly = ({ wide, spots }) => spots.find(([x, y]) => [x, x - wide / 4, x + wide / 4].every((one) => holds(one, y)));
    // At its far end a name that reaches over the border would be read as the neighbour's.
    const central = ({ spots }) => spots.find(([x, y]) => holds(x, y) && 3 * Math.abs(x - middle[0]) < box[2] - box[0] && 3 * Math.abs(y - middle[1]) < box[3] - box[1]);
    const somehow = ({ spots }) => spots.find(([x, y]) => holds(x, y));
    // Where no other place is, and none is nearer.
    const open = (spot) => places.every((other) => other === place || !inside(other.rings, spot));
    const beside = ({ wide, high, near }) => near(grown(box, wide / 2, high)).find(([x, y]) =>
      seen.every((other) => far([x, y], middle) <= far([x, y], other.middle)) &&
      [-1, 0, 1].every((h) => [-1, 0, 1].every((v) => open([x + (h * wide) / 2, y + (v * high) / 2]))));
    const anywhere = ({ near }) => near(frame)[0];
    // Of a neighbour that is cut, a name beyond what shows of it would seem to name another.
    const rules = place.own ? [ours, mostly, central, somehow, anywhere] : whole ? [ours, mostly, central, beside] : [ours];
    const put = first(rules, (rule) => first(ways, (one) => { const at = rule(one); return at && { place, at, way: one.way, box: one.put(at) }; }));
    if (!put) continue;
    full.push(put.box);
    found.push(put);
  }
  return found;
}

function sight({ rings }, frame) {
  let [size, middle] = [0, null];
  const seen = rings.map((ring) => clipped(ring, frame)).filter((ring) => ring.length > 2);
  for (const ring of seen) {
    const [area, x, y] = centroid(ring);
    if (area > size) [size, middle] = [area, [x, y]];
  }
  return { size, middle, box: boxOf(seen.flat()), whole: within(boxOf(rings.flat()), frame) };
}

const first = (all, find) => { for (const one of all) { const found = find(one); if (found) return found; } };
const far = ([ax, ay], [bx, by]) => (ax - bx) ** 2 + (2 * (ay - by)) ** 2;
const wider = ([west, south, east, north]) => [west - APART, south - APART, east + APART, north + APART];
const within = ([west, south, east, north], frame) => west >= frame[0] && south >= frame[1] && east <= frame[2] && north <= frame[3];
const over = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

const grown = ([west, south, east, north], across, along) => [west - across, south - along, east + across, north + along];

function spread([west, south, east, north], middle) {
  const along = (low, high) => {
    const length = Math.min(Math.max(Math.ceil((high - low) / STEP), STEPS[0]), STEPS[1]);
    return Array.from({ length }, (_, n) => low + ((n + 0.5) / length) * (high - low));
  };
  return [middle, ...along(west, east).flatMap((x) => along(south, north).map((y) => [x, y]))];
}

/** The places of a map in the pixels that show now. */
export const projected = ({ features }, to) =>
  features.filter(({ properties, geometry }) => properties.name && ringsOf(geometry).length)
    .map(({ properties, geometry }) => ({ name: properties.name, own: properties.own, rings: ringsOf(geometry).map((ring) => ring.map(to)) }));

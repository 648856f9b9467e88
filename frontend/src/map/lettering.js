// Where each place's name stands: wholly inside the frame, over no dot, no button and no other name; or nowhere.
import { boxOf, centroid, clipped, inside, ringsOf } from "./shapes.js";

const GAP = 4, APART = 3, WIDEST = 112, STEPS = 9;

const words = globalThis.Intl?.Segmenter && new Intl.Segmenter("zh", { granularity: "word" });

/** Where a line may break: between words, never inside brackets or behind a number's 第. */
function pieces(name) {
  const parts = name.match(/（[^）]*）|\([^)]*\)|\s+|第[一二三四五六七八九十百\d]+[\u2e80-\u9fff]{0,2}|(?:(?!第)[\u2e80-\u9fff])+|[^\s\u2e80-\u9fff（(]+|./g) ?? [];
  const split = (text) => words ? Array.from(words.segment(text), ({ segment }) => segment) : Array.from(text);
  return parts.flatMap((part) => /^(?!第)[\u2e80-\u9fff]/.test(part) ? split(part) : [part]);
}

/** A name in lines of about the same length; `wide` measures a text in pixels. */
export function lines(name, wide) {
  const parts = pieces(name);
  const rowsMeant = Math.ceil(wide(name) / WIDEST), most = wide(name) / rowsMeant + 8;
  const rows = [""];
  for (const part of parts) {
    const row = rows.at(-1);
    if (row && wide(row + part) > (rows.length < rowsMeant ? most : WIDEST)) rows.push(part.trim());
    else rows[rows.length - 1] = row + part;
  }
  return rows.map((row) => row.trim()).filter(Boolean);
}

/** `places`: {name, rings, own} in pixels of the frame [width, height]; `taken`: boxes to stay clear of; `room`: a name's [width, height].
 *  The own place comes first, then whatever shows most of itself. Gives {place, at}. */
export function lettering(places, [width, height], taken, room) {
  const frame = [GAP, GAP, width - GAP, height - GAP];
  const seen = places.map((place) => ({ place, ...sight(place, frame) })).filter(({ size }) => size > 0);
  seen.sort((one, other) => Boolean(other.place.own) - Boolean(one.place.own) || other.size - one.size);
  const full = [...taken], found = [];
  for (const { place, middle, box, whole } of seen) {
    const [wide, high] = room(place.name);
    const put = ([x, y]) => [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2];
    const free = (at) => within(put(at), frame) && !full.some((other) => over(wider(put(at)), other));
    const ours = ([x, y]) => [x, x - wide / 2, x + wide / 2].every((one) => inside(place.rings, [one, y]));
    const mostly = ([x, y]) => [x, x - wide / 4, x + wide / 4].every((one) => inside(place.rings, [one, y]));
    // At its far end a name that reaches over the border would be read as the neighbour's.
    const central = ([x, y]) => inside(place.rings, [x, y]) && 3 * Math.abs(x - middle[0]) < box[2] - box[0] && 3 * Math.abs(y - middle[1]) < box[3] - box[1];
    const near = (box) => spread(box, middle).filter(free).sort((one, other) => far(one, middle) - far(other, middle));
    const somehow = (spot) => inside(place.rings, spot);
    // Of a neighbour that is cut, a name beyond what shows of it would seem to name another.
    const rules = place.own ? [ours, mostly, central, somehow] : whole ? [ours, mostly, central] : [ours];
    const spots = near(box), at = rules.map((rule) => spots.find(rule)).find(Boolean) ?? (place.own && near(frame)[0]);
    if (!at) continue;
    full.push(put(at));
    found.push({ place, at });
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

const far = ([ax, ay], [bx, by]) => (ax - bx) ** 2 + (2 * (ay - by)) ** 2;
const wider = ([west, south, east, north]) => [west - APART, south - APART, east + APART, north + APART];
const within = ([west, south, east, north], frame) => west >= frame[0] && south >= frame[1] && east <= frame[2] && north <= frame[3];
const over = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

function spread([west, south, east, north], middle) {
  const along = (low, high) => Array.from({ length: STEPS }, (_, n) => low + ((n + 0.5) / STEPS) * (high - low));
  return [middle, ...along(west, east).flatMap((x) => along(south, north).map((y) => [x, y]))];
}

/** The places of a map in the pixels that show now. */
export const projected = ({ features }, to) =>
  features.filter(({ properties, geometry }) => properties.name && ringsOf(geometry).length)
    .map(({ properties, geometry }) => ({ name: properties.name, own: properties.own, rings: ringsOf(geometry).map((ring) => ring.map(to)) }));

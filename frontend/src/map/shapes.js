// Plain geometry of rings, in degrees or in pixels: nothing here knows the map.

/** All rings of a polygon or of many; none of anything else. */
export const ringsOf = ({ type, coordinates }) => (type === "Polygon" ? coordinates : type === "MultiPolygon" ? coordinates.flat() : []);

export function boxOf(points) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) [west, south, east, north] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)];
  return west <= east ? [west, south, east, north] : null;
}

export const joined = (boxes) => boxOf(boxes.filter(Boolean).flatMap(([west, south, east, north]) => [[west, south], [east, north]]));

/** Even and odd over all rings, so that a hole counts as outside. */
export function inside(rings, [x, y]) {
  let within = false;
  for (const ring of rings)
    for (let n = 0, last = ring.length - 1; n < ring.length; last = n, n += 1) {
      const [ax, ay] = ring[n], [bx, by] = ring[last];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
    }
  return within;
}

/** [size, x, y] of a ring's middle. */
export function centroid(ring) {
  let [area, x, y] = [0, 0, 0];
  const [x0, y0] = ring[0]; // near the origin the small differences keep their digits
  for (let n = 0; n < ring.length; n += 1) {
    const next = ring[(n + 1) % ring.length];
    const [ax, ay, bx, by] = [ring[n][0] - x0, ring[n][1] - y0, next[0] - x0, next[1] - y0];
    const cross = ax * by - bx * ay;
    [area, x, y] = [area + cross, x + (ax + bx) * cross, y + (ay + by) * cross];
  }
  return area ? [Math.abs(area) / 2, x0 + x / (3 * area), y0 + y / (3 * area)] : [0, x0, y0];
}

/** What of a ring lies in the box. */
export function clipped(ring, [west, south, east, north]) {
  const sides = [[0, west, 1], [0, east, -1], [1, south, 1], [1, north, -1]];
  return sides.reduce((left, [axis, edge, sign]) => {
    const within = (point) => (point[axis] - edge) * sign >= 0;
    return left.flatMap((point, n) => {
      const last = left[(n + left.length - 1) % left.length];
      if (within(point) === within(last)) return within(point) ? [point] : [];
      const part = (edge - last[axis]) / (point[axis] - last[axis]);
      const cut = [last[0] + part * (point[0] - last[0]), last[1] + part * (point[1] - last[1])];
      return within(point) ? [cut, point] : [cut];
    });
  }, ring);
}

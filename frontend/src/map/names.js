// Writes the names of places anew wherever the map comes to rest. `lettered` says that they stand, for whoever takes its picture.
import { lettering, lines, projected } from "./lettering.js";
import { radius, SIZE, TALL, writer } from "./layers.js";

const HALO = 4, LONG = 5 * SIZE;

export function letter(host, map, area) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${SIZE}px ${getComputedStyle(host).fontFamily}`;
  const wide = (text) => pen.measureText(text).width;
  const ways = (name) => [lines(name, wide), ...(wide(name) > LONG ? [lines(name, wide, 1)] : [])];
  const rooms = (name) => ways(name).map((rows) => [Math.max(...rows.map(wide)) + HALO, rows.length * SIZE * TALL + HALO]);
  const to = (spot) => { const { x, y } = map.project(spot); return [x, y]; };
  const write = writer(map, "place-names");
  map.on("idle", () => {
    const { clientWidth: width, clientHeight: height } = map.getContainer();
    const found = lettering(projected(area(), to), [width, height], [...dots(map, to), ...covered(host, map)], rooms);
    const anew = write(found.map(({ place: { name, own }, at, way }) => ({
      type: "Feature",
      properties: { name: ways(name)[way].join("\n"), own: Boolean(own) },
      geometry: { type: "Point", coordinates: map.unproject(at).toArray() },
    })));
    host.toggleAttribute("lettered", !anew);
  });
  map.on("resize", () => host.removeAttribute("lettered"));
}

const dots = (map, to) =>
  map.queryRenderedFeatures({ layers: ["point", "cluster"] }).flatMap(({ properties, geometry }) => {
    const [x, y] = to(geometry.coordinates), away = radius(properties.point_count);
    // A circle, as boxes: a name may stand in what a square's corners would take.
    return [[1, 0.4], [0.75, 0.7], [0.4, 1]].map(([across, along]) => [x - across * away, y - along * away, x + across * away, y + along * away]);
  });

/** What stands before the map. */
const covered = (host, map) => {
  const { left, top } = map.getContainer().getBoundingClientRect();
  return [...host.querySelectorAll(".map-tools, .map-note:not([hidden]), .map-made-up, .crosshair")].map((one) => one.getBoundingClientRect())
    .map((box) => [box.left - left, box.top - top, box.right - left, box.bottom - top]);
};

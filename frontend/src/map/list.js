// Keeps the map and its list in step: hover, focus and choice go both ways.
import { CLOSEST, radius, writer } from "./layers.js";

const MOST = 50, GAP = 3;

/** `dots`: gives what the map shows. */
export function tie(host, map, dots) {
  const list = () => document.querySelector(host.getAttribute("list") || "[data-no-list]");
  const item = (id) => list()?.querySelector(`[data-point="${CSS.escape(id)}"]`);
  const write = writer(map, "chosen");
  let chosen;
  const ring = () => {
    const dot = dots().features.find(({ properties }) => properties.id === chosen);
    write(dot ? [around(map, dot)] : []);
  };
  const highlight = (id) => { chosen = id == null ? null : String(id); ring(); };
  map.on("idle", ring);
  const select = (ids) => {
    for (const other of list()?.querySelectorAll(".is-selected") ?? []) other.classList.remove("is-selected");
    const found = ids.map(item).filter(Boolean);
    for (const one of found) one.classList.add("is-selected");
    found[0]?.scrollIntoView({ block: "nearest" });
    return found;
  };

  map.on("click", "cluster", async ({ features: [{ properties: { cluster_id }, geometry }] }) => {
    const source = map.getSource("points");
    const zoom = await source.getClusterExpansionZoom(cluster_id);
    if (zoom <= CLOSEST) return map.easeTo({ center: geometry.coordinates, zoom });
    const pile = (await source.getClusterLeaves(cluster_id, MOST, 0)).map(({ properties }) => properties);
    select(pile.map(({ id }) => id));
    host.append(links(pile));
  });
  for (const happens of ["mousedown", "touchstart", "movestart"]) map.on(happens, () => host.querySelector(".map-pile")?.remove());
  for (const layer of ["point", "cluster"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  map.on("click", "point", ({ features: [{ properties }] }) => {
    highlight(properties.id);
    const [found] = select([properties.id]);
    const go = host.dispatchEvent(new CustomEvent("sz:select", { detail: { id: properties.id, properties }, bubbles: true, cancelable: true }));
    if (go && !found && properties.href) location.href = properties.href;
  });
  const over = (event) => {
    const found = event.target.closest?.("[data-point]");
    if (found && list()?.contains(found)) highlight(found.dataset.point);
  };
  document.addEventListener("mouseover", over, { passive: true });
  document.addEventListener("focusin", over);
  map.once("remove", () => {
    document.removeEventListener("mouseover", over);
    document.removeEventListener("focusin", over);
  });
  return { highlight };
}

/** The ring around a dot, or around the cluster that it has gone into. */
function around(map, { properties: { id }, geometry }) {
  const far = (one) => { const [a, b] = [one.geometry, geometry].map(({ coordinates }) => map.project(coordinates)); return a.dist(b); };
  const shown = map.queryRenderedFeatures({ layers: ["point", "cluster"] });
  const clusters = shown.filter(({ properties }) => properties.point_count).sort((one, other) => far(one) - far(other));
  const held = shown.some(({ properties }) => properties.id === id) ? null : clusters[0];
  return { type: "Feature", properties: { id, radius: radius(held?.properties.point_count) + GAP }, geometry: held?.geometry ?? geometry };
}

/** Cases at one and the same spot, to choose from. */
function links(pile) {
  const all = Object.assign(document.createElement("ul"), { className: "map-pile" });
  for (const { title, href } of pile) {
    const row = document.createElement("li");
    row.append(Object.assign(document.createElement(href ? "a" : "span"), { textContent: title, ...(href && { href }) }));
    all.append(row);
  }
  return all;
}

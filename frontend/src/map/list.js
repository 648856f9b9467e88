// Keeps the map and its list in step: hover, focus and choice go both ways.
export function tie(host, map) {
  const list = () => document.querySelector(host.getAttribute("list") || "[data-no-list]");
  const item = (id) => list()?.querySelector(`[data-point="${CSS.escape(id)}"]`);
  const highlight = (id) => map.setFilter("point-chosen", ["==", ["get", "id"], id == null ? "" : String(id)]);

  map.on("click", "cluster", async ({ features: [cluster] }) => {
    const zoom = await map.getSource("points").getClusterExpansionZoom(cluster.properties.cluster_id);
    map.easeTo({ center: cluster.geometry.coordinates, zoom });
  });
  for (const layer of ["point", "cluster"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  map.on("click", "point", ({ features: [{ properties }] }) => {
    highlight(properties.id);
    for (const other of list()?.querySelectorAll(".is-selected") ?? []) other.classList.remove("is-selected");
    const found = item(properties.id);
    found?.classList.add("is-selected");
    found?.scrollIntoView({ block: "nearest" });
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

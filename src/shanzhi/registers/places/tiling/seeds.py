"""Points spread evenly inside a county, closer together around its seat."""

from __future__ import annotations

import numpy as np
import shapely

DENSE = 0.2  # land of a cell of a subdistrict, compared with one of a town or township


def scatter(area: shapely.Geometry, count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` points inside the area, on a jittered lattice: evenly spread, but not in rows. Shape (count, 2)."""
    if not count:
        return np.empty((0, 2))
    if not area.area > 0:
        raise ValueError("no points fit into an area of nothing")
    shapely.prepare(area)
    west, south, east, north = shapely.bounds(area)
    step = np.sqrt(area.area / count)
    while True:
        x, y = np.meshgrid(np.arange(west, east + step, step), np.arange(south, north + step, step))
        points = np.column_stack([x.ravel(), y.ravel()]) + rng.uniform(-0.35, 0.35, (x.size, 2)) * step
        points = points[shapely.contains_xy(area, points[:, 0], points[:, 1])]
        if len(points) >= count:
            return points[np.sort(rng.choice(len(points), count, replace=False))]
        step *= 0.97


def two_zones(
    area: shapely.Geometry, dense: int, sparse: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """(points around the middle, points in the rest), where the middle takes as much land as its cells need."""
    if not dense or not sparse:
        return scatter(area, dense, rng), scatter(area, sparse, rng)
    share = dense * DENSE / (dense * DENSE + sparse)
    centre = area.centroid if area.contains(area.centroid) else area.point_on_surface()
    sample = scatter(area, 2000, rng)
    radius = np.quantile(np.hypot(*(sample - (centre.x, centre.y)).T), share)
    middle = area.intersection(centre.buffer(radius))
    return scatter(middle, dense, rng), scatter(area.difference(middle), sparse, rng)


def relax(seeds: np.ndarray, region: np.ndarray, areas: list[shapely.Geometry]) -> np.ndarray:
    """One step of Lloyd's: each seed moves to the middle of its cell, unless that lies outside its county."""
    extent = shapely.union_all([shapely.box(*shapely.bounds(area)) for area in areas]).envelope
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=extent, ordered=True))
    # Cells at the edge reach far out: cut to the extent, or their middles would all lie abroad.
    moved = shapely.get_coordinates(shapely.centroid(shapely.intersection(cells, extent)))
    inside = np.zeros(len(seeds), bool)
    for index, area in enumerate(areas):
        shapely.prepare(area)
        mine = region == index
        inside[mine] = shapely.contains_xy(area, moved[mine, 0], moved[mine, 1])
    return np.where(inside[:, None], moved, seeds)

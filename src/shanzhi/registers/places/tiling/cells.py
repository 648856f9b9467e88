"""One cell around each seed, cut along county borders, without gaps or overlaps."""

from __future__ import annotations

import numpy as np
import shapely

from .edges import shared

GRAIN = 0.01  # metres: what lies closer together is one point


def cells(seeds: np.ndarray, region: np.ndarray, areas: list[shapely.Geometry]) -> np.ndarray:
    """One polygon per seed (seeds[i] lies in areas[region[i]]); together they fill the areas and share their edges."""
    faces, land = _faces(seeds, areas)
    label = np.full(len(faces), -1)
    seed, face = shapely.STRtree(faces).query(shapely.points(seeds), predicate="intersects")
    label[face[::-1]] = seed[::-1]
    lost = np.setdiff1d(np.arange(len(seeds)), label)
    if len(lost):
        raise ValueError(f"{len(lost)} seeds have no cell of their own")
    label = _merge_offcuts(faces, land, label, region)
    return _union_by(faces, label, len(seeds))


def _faces(seeds: np.ndarray, areas: list[shapely.Geometry]) -> tuple[np.ndarray, np.ndarray]:
    """All pieces that Voronoi edges and borders cut the land into, and the area that each lies in."""
    extent = shapely.union_all([shapely.box(*shapely.bounds(area)) for area in areas]).envelope
    edges = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=extent, only_edges=True)
    lines = shapely.union_all([edges, *shapely.boundary(areas)], grid_size=GRAIN)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    face, area = shapely.STRtree(areas).query(shapely.point_on_surface(faces), predicate="intersects")
    land = np.full(len(faces), -1)
    land[face[::-1]] = area[::-1]
    return faces[land >= 0], land[land >= 0]


def _merge_offcuts(faces: np.ndarray, land: np.ndarray, label: np.ndarray, region: np.ndarray) -> np.ndarray:
    """Gives each piece without a seed to the neighbour in its county with which it shares most edge."""
    i, j, length = shared(faces)
    same = land[i] == land[j]
    one, other, length = np.r_[i[same], j[same]], np.r_[j[same], i[same]], np.r_[length[same], length[same]]
    order = np.argsort(length, kind="stable")
    one, other = one[order], other[order]
    while True:
        ready = (label[one] < 0) & (label[other] >= 0)
        if not ready.any():
            break
        chosen = dict(zip(one[ready].tolist(), label[other[ready]].tolist(), strict=True))  # the longest comes last
        label[list(chosen)] = list(chosen.values())
    for face in np.flatnonzero(label < 0):  # islands: to the nearest cell of the county
        near = np.flatnonzero((label >= 0) & (land == land[face]))
        label[face] = label[near[np.argmin(shapely.distance(faces[near], faces[face]))]]
    return label


def _union_by(faces: np.ndarray, label: np.ndarray, count: int) -> np.ndarray:
    order = np.argsort(label, kind="stable")
    groups = np.split(faces[order], np.cumsum(np.bincount(label, minlength=count))[:-1])
    made = [group[0] if len(group) == 1 else union(group) for group in groups]
    return np.array(made, dtype=object)


def union(polygons: np.ndarray) -> shapely.Geometry:
    """Of polygons that share their edges exactly. Every corner stays, so unions still fit their neighbours."""
    whole = shapely.coverage_union_all(polygons)
    parts = shapely.get_parts(whole)
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)

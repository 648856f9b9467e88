"""The whole city: how many cells each community gets, where they lie, and which belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from . import groups
from .cells import cells, union
from .edges import shared
from .plane import Plane
from .seeds import relax, two_zones


@dataclass(frozen=True, slots=True)
class Community:
    code: str
    street: str
    county: str
    dense: bool  # in a subdistrict: less land than in a town or township


@dataclass(frozen=True, slots=True)
class Tiles:
    """Polygons in degrees. grid_of[m] is the grid of micro-grid m, community_of[g] the community of grid g."""

    microgrids: np.ndarray
    grids: np.ndarray
    communities: np.ndarray
    grid_of: np.ndarray
    community_of: np.ndarray


def tile(
    communities: Sequence[Community],
    areas: Sequence[shapely.Geometry],
    area_of: dict[str, int],
    *,
    seed: int,
    grids: int = 3,
    microgrids: int = 4,
) -> Tiles:
    """Tile valid county polygons (degrees); `area_of` says in which of them a county's communities lie.

    `grids` per community and `microgrids` per grid are averages; each varies by one either way. Same seed, same tiles.
    """
    rng = np.random.default_rng(seed)
    plane = Plane.around(list(areas))
    flat = list(plane.metres(np.array(areas, dtype=object)))
    region_of = np.array([area_of[community.county] for community in communities])
    counts = [[_about(microgrids, rng) for _ in range(_about(grids, rng))] for _ in communities]

    points, region, grid_of, community_of = _arrange(communities, region_of, counts, flat, rng)
    points = relax(points, region, flat)
    micro = plane.degrees(cells(points, region, flat))
    if not shapely.is_valid(micro).all():
        micro = shapely.make_valid(micro, method="structure", keep_collapsed=False)

    i, j, length = shared(micro)
    home = community_of[grid_of]
    grid_of = groups.tidy(grid_of, i, j, length, shapely.area(micro), region, prefer=home)
    grid_shapes = _unions(micro, grid_of, len(community_of))

    i, j, length = shared(grid_shapes)
    area = shapely.area(grid_shapes)
    community_of = groups.tidy(community_of, i, j, length, area, region_of[community_of])
    return Tiles(micro, grid_shapes, _unions(grid_shapes, community_of, len(communities)), grid_of, community_of)


def _arrange(communities, region_of, counts, areas, rng):
    """Seeds of all cells in groups: (points, county of each point, grid of each point, community of each grid)."""
    points: list[np.ndarray] = []
    region: list[int] = []
    grid_of: list[tuple[int, int]] = []
    community_of: list[int] = []
    offset = 0
    for index, area in enumerate(areas):
        mine = np.flatnonzero(region_of == index)
        zones = [[c for c in mine if communities[c].dense], [c for c in mine if not communities[c].dense]]
        dense, sparse = (sum(sum(counts[c]) for c in zone) for zone in zones)
        for zone, spread in zip(zones, two_zones(area, dense, sparse, rng), strict=True):
            for community, cell_groups in _deal(spread, zone, communities, counts):
                for group in cell_groups:
                    grid_of += [(offset + k, len(community_of)) for k in group]
                    community_of.append(community)
            points.append(spread)
            region += [index] * len(spread)
            offset += len(spread)
    label = np.empty(offset, int)
    for point, grid in grid_of:
        label[point] = grid
    return np.vstack(points), np.array(region), label, np.array(community_of)


def _deal(points, zone, communities, counts):
    """Points of a zone by street, then community, then grid; streets in the order of their codes."""
    if not zone:
        return
    streets: dict[str, list[int]] = {}
    for community in zone:
        streets.setdefault(communities[community].street, []).append(community)
    by_street = groups.bisect(
        points, np.arange(len(points)), [sum(sum(counts[c]) for c in s) for s in streets.values()]
    )
    for members, index in zip(streets.values(), by_street, strict=True):
        by_community = groups.bisect(points, index, [sum(counts[c]) for c in members])
        for community, cells_of in zip(members, by_community, strict=True):
            yield community, groups.bisect(points, cells_of, counts[community])


def _about(mean: int, rng: np.random.Generator) -> int:
    return max(1, mean + int(rng.integers(-1, 2))) if mean > 1 else 1


def _unions(polygons: np.ndarray, label: np.ndarray, count: int) -> np.ndarray:
    order = np.argsort(label, kind="stable")
    members = np.split(polygons[order], np.cumsum(np.bincount(label, minlength=count))[:-1])
    return np.array([union(each) for each in members], dtype=object)

"""Drafts of invented grids and micro-grids for the real communities of a city, and the boundaries that follow from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from shanzhi.foundation.base.refusals import Problem

from . import counties, landmarks, names
from .divisions import City
from .levels import Level
from .store import Draft
from .tiling.cells import union
from .tiling.city import Community, Tiles, tile

SUBDISTRICTS = range(1, 100)  # 街道 by the statistics office's numbering; 100 up are towns, 200 up townships


@dataclass(frozen=True, slots=True)
class Drawn:
    grids: list[Draft]
    microgrids: list[Draft]
    boundaries: dict[str, shapely.Geometry]  # code → boundary, community up to the city


def draw(city: City, *, grids: int, microgrids: int, report: Callable[[Problem], Any]) -> Drawn:
    """Deterministic by the city's code and the two averages."""
    divisions = city.at(Level.COMMUNITY)
    above = {division.code: division.parent or "" for division in city.divisions}
    polygons = counties.read(city.at(Level.COUNTY), report)
    home = counties.share(city.at(Level.COUNTY), polygons)
    order = sorted(polygons)
    communities = [
        Community(each.code, above[each.code], above[above[each.code]], int(above[each.code][6:]) in SUBDISTRICTS)
        for each in divisions
    ]
    tiles = tile(
        communities,
        [polygons[code] for code in order],
        {code: order.index(drawn) for code, drawn in home.items()},
        seed=int(city.code),
        grids=grids,
        microgrids=microgrids,
    )
    rng = np.random.default_rng(int(city.code))
    drafts = _grids(tiles, [(each.code, each.name) for each in divisions], rng)
    return Drawn(drafts, _microgrids(tiles, drafts), _boundaries(tiles, divisions, above))


def _grids(tiles: Tiles, communities: list[tuple[str, str]], rng: np.random.Generator) -> list[Draft]:
    """In the order of tiles.grids; numbered within each community from north to south."""
    numbers = _numbered(tiles.community_of, tiles.grids)
    counts = np.bincount(tiles.community_of, minlength=len(communities))
    marks = [landmarks.of(name, int(count), rng) for (_, name), count in zip(communities, counts, strict=True)]
    drafts = []
    for polygon, community, number in zip(tiles.grids, tiles.community_of, numbers, strict=True):
        code, name = communities[community]
        mark = marks[community][number - 1]
        drafts.append(
            Draft(Level.GRID, f"{code}{number:03d}", names.grid_name(name, number), code, True, mark, polygon)
        )
    return drafts


def _microgrids(tiles: Tiles, grids: list[Draft]) -> list[Draft]:
    numbers = _numbered(tiles.grid_of, tiles.microgrids)
    drafts = []
    for polygon, index, number in zip(tiles.microgrids, tiles.grid_of, numbers, strict=True):
        grid = grids[index]
        name = names.microgrid_name(grid.name, number)
        drafts.append(Draft(Level.MICROGRID, f"{grid.code}{number:02d}", name, grid.code, True, boundary=polygon))
    return drafts


def _numbered(group: np.ndarray, polygons: np.ndarray) -> np.ndarray:
    """1, 2, 3 … within each group, from north to south."""
    order = np.lexsort((-shapely.get_y(shapely.centroid(polygons)), group))
    first = np.r_[True, np.diff(group[order]) != 0]
    start = np.maximum.accumulate(np.where(first, np.arange(len(group)), 0))
    numbers = np.empty(len(group), int)
    numbers[order] = np.arange(len(group)) - start + 1
    return numbers


def _boundaries(tiles: Tiles, communities: list, above: dict[str, str]) -> dict[str, shapely.Geometry]:
    found = {each.code: polygon for each, polygon in zip(communities, tiles.communities, strict=True)}
    level = found
    for _ in range(3):  # streets, counties, the city
        groups = defaultdict(list)
        for code, polygon in level.items():
            groups[above[code]].append(polygon)
        level = {code: union(np.array(members, dtype=object)) for code, members in groups.items()}
        found = {**found, **level}
    return found

"""Where things happen: communities of an area, their grids, points inside them, landmarks."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID

import shapely

from shanzhi.registers.places import queries as places
from shanzhi.simulation.dice import one_of

TRIES = 12
SPREAD = 0.0007  # degrees, about 75 m: how far from the middle of its grid most things happen


class Streets:
    def __init__(self, area: Any, *, part: int = 0, parts: int = 1) -> None:
        """`part` of `parts`: every so-manieth community, for several processes side by side."""
        communities = list(places.subtree(area, level="community"))
        self.communities: list[Any] = communities[part::parts]
        self._grids: dict[UUID, list[Any]] = {one.id: [] for one in communities}
        for grid in places.subtree(area, level="grid"):
            if grid.parent_id in self._grids:
                self._grids[grid.parent_id].append(grid)
        self.communities = [one for one in self.communities if self._grids[one.id]]
        self._shapes: dict[UUID, Any] = {}

    def grids(self, community: Any) -> list[Any]:
        return self._grids[community.id]

    def grid(self, community: Any, by: Random) -> Any:
        return one_of(by, self._grids[community.id])

    def point(self, grid: Any, by: Random) -> tuple[float, float]:
        """(lon, lat) in WGS-84, inside the grid."""
        if grid.id not in self._shapes:
            self._shapes[grid.id] = places.boundaries([grid.id])[grid.id]
        shape = self._shapes[grid.id]
        middle = shape.representative_point()
        for _ in range(TRIES):
            lon, lat = middle.x + by.gauss(0, SPREAD), middle.y + by.gauss(0, SPREAD)
            if shapely.contains_xy(shape, lon, lat):
                return round(lon, 6), round(lat, 6)
        return round(middle.x, 6), round(middle.y, 6)


def town(community: Any) -> bool:
    """The last three digits of a community's code are below 200 for residents' committees, from 200 on for villages."""
    return community.code[-3:] < "200"

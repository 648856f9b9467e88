"""Which grid a point lies in, from memory: a tree of all grids per process, reloaded when territory changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from . import datum as datums
from .atlas import atlas
from .levels import Level
from .models import Boundary, Place
from .revision import Cache

EARTH = 6_371_008.8  # mean radius, metres


@dataclass(frozen=True, slots=True)
class Located:
    """`grid` holds the point; if none does, `nearest` is the nearest community, `metres` away."""

    grid: Place | None
    nearest: Place | None
    metres: float


class Finder:
    """Grids on a plane stretched so that near on it is near on the ground."""

    def __init__(self, places: list[Place], polygons: np.ndarray) -> None:
        self.places = np.empty(len(places), dtype=object)
        self.places[:] = places
        middle = np.median(shapely.get_y(shapely.centroid(polygons))) if len(places) else 0.0
        self.stretch = float(np.cos(np.radians(middle)))
        self.polygons = shapely.transform(polygons, lambda xy: xy * (self.stretch, 1.0))
        self.tree = shapely.STRtree(self.polygons)

    def one(self, lon: float, lat: float) -> Place | None:
        hits = self.tree.query(shapely.points((lon * self.stretch, lat)), predicate="intersects")
        return self.places[hits.min()] if len(hits) else None  # on a border: the lower code, as in `many`

    def many(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        """Index of the grid of each point, -1 outside."""
        found = np.full(len(lon), len(self.places))
        point, grid = self.tree.query(shapely.points(lon * self.stretch, lat), predicate="intersects")
        np.minimum.at(found, point, grid)
        found[found == len(self.places)] = -1
        return found

    def nearest(self, lon: float, lat: float) -> tuple[Place, float] | None:
        """The nearest grid and how far it is, in metres along the ground."""
        if not len(self.places):
            return None
        point = shapely.Point(lon * self.stretch, lat)
        index = int(self.tree.nearest(point))
        x, y = shapely.get_coordinates(shapely.shortest_line(self.polygons[index], point))[0]
        return self.places[index], distance(x / self.stretch, y, lon, lat)


def distance(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Metres between two points along a great circle."""
    a, b = np.radians(lat_a), np.radians(lat_b)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(lon_b - lon_a) / 2) ** 2
    return float(2 * EARTH * np.arcsin(min(1.0, np.sqrt(half))))


def _load() -> Finder:
    rows = list(
        Boundary.objects.filter(place__until=None, place__level=Level.GRID)
        .select_related("place")
        .only(
            "wkb", *(f"place__{field.attname}" for field in Place._meta.concrete_fields if field.attname != "parent_id")
        )
        .order_by("place__synthetic", "place__code")  # where both claim a point, the city's own grid has it
    )
    return Finder([row.place for row in rows], shapely.from_wkb([bytes(row.wkb) for row in rows]))


_cache = Cache(_load)


def finder() -> Finder:
    return _cache.get()


def locate(lon: float, lat: float, datum: str = "wgs84") -> Located:
    """The grid that holds a point (degrees), or the nearest community. Both are None where no territory is loaded."""
    if datum != "wgs84":
        lon, lat = datums.from_datum(lon, lat, datum)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # NaN too
        return Located(None, None, float("inf"))
    held = finder()
    grid = held.one(lon, lat)
    if grid is not None:
        return Located(grid, None, 0.0)
    near = held.nearest(lon, lat)
    if near is None:
        return Located(None, None, float("inf"))
    community = near[0].parent_id
    return Located(None, atlas().by_id.get(community) if community else None, near[1])


def locate_many(points: np.ndarray, datum: str = "wgs84") -> np.ndarray:
    """The grid of each row (lon, lat in degrees): an array of Place or None, in the order given."""
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    lon, lat = datums.from_datum(points[:, 0], points[:, 1], datum)
    held = finder()
    found = np.full(len(points), None, dtype=object)
    usable = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    index = held.many(lon[usable], lat[usable])
    found[usable[index >= 0]] = held.places[index[index >= 0]]
    return found

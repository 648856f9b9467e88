"""Boundaries of places: as polygons, for maps, and who lies next to whom."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from django.db.models import Q
from django.utils.translation import gettext as _

from shanzhi.foundation.base.refusals import NotFound

from . import datum as datums
from .levels import Level
from .models import Boundary, Place
from .names import display_name

DIGITS = 5  # of a degree on maps: about a metre
PIXEL = 360 / 512  # degrees at zoom 0, as MapLibre counts
CLOSEST = 22


def boundary(id: UUID) -> shapely.Geometry:
    """The polygon of a place, WGS-84. NotFound if it has none (provinces)."""
    row = Boundary.objects.filter(place=id).values_list("wkb", flat=True).first()
    if row is None:
        raise NotFound(_("This place has no boundary."))
    return shapely.from_wkb(bytes(row))


def boundaries(ids: Iterable[UUID]) -> dict[UUID, shapely.Geometry]:
    """id → polygon (WGS-84) for those that have one."""
    rows = Boundary.objects.filter(place__in=list(ids)).values_list("place_id", "wkb")
    return {id: shapely.from_wkb(bytes(wkb)) for id, wkb in rows}


def positions(ids: Iterable[UUID]) -> dict[UUID, tuple[float, float]]:
    """id → a point surely inside (lon, lat, WGS-84): for markers and map centres."""
    rows = Boundary.objects.filter(place__in=list(ids)).values_list("place_id", "lon", "lat")
    return {id: (lon, lat) for id, lon, lat in rows}


def extent(id: UUID) -> tuple[float, float, float, float] | None:
    """(west, south, east, north) in degrees, or None."""
    return Boundary.objects.filter(place=id).values_list("west", "south", "east", "north").first()


def boundary_geojson(ids: Iterable[UUID], *, zoom: float | None = None, datum: str = "wgs84") -> dict[str, Any]:
    """A GeoJSON FeatureCollection of these places, by code, for a map.

    Simplified to a pixel at `zoom`, together, so that no gaps open between neighbours, and rounded to at most five decimals.
    Properties: code, name (as shown in the current language), level, synthetic, landmark, lon, lat (a point inside). Beside the features,
    "made_up": some of these outlines are no real ones. A map says it once, not at each name.
    """
    rows = list(Boundary.objects.filter(place__in=list(ids)).select_related("place").order_by("place__code"))
    shapes = shapely.from_wkb([bytes(row.wkb) for row in rows])
    digits = DIGITS
    if zoom is not None and len(shapes):
        pixel = PIXEL / 2 ** min(max(zoom, 0), CLOSEST)
        shapes = shapely.coverage_simplify(shapes, pixel)
        digits = min(DIGITS, max(2, math.ceil(-math.log10(pixel / 2))))

    def convert(xy: np.ndarray) -> np.ndarray:
        return np.round(np.column_stack(datums.in_datum(xy[:, 0], xy[:, 1], datum)), digits)

    shapes = shapely.transform(shapes, convert)
    features = [
        {
            "type": "Feature",
            "id": str(row.place_id),
            "properties": _properties(row, datum),
            "geometry": _geometry(shape),
        }
        for row, shape in zip(rows, shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features, "made_up": _made_up([row.place for row in rows])}


def _made_up(shown: list[Place]) -> bool:
    """Outlines between county and grid follow from the grids below them (docs/adr/0004)."""
    if any(place.synthetic for place in shown):
        return True
    between = [place for place in shown if place.level in (Level.STREET, Level.COMMUNITY)]
    counties = {"/".join(place.codes[:3]) + "/" for place in between}
    under = Q(*(("path__startswith", path) for path in counties), _connector=Q.OR)
    return bool(counties) and Place.objects.filter(under, until=None, level=Level.GRID, synthetic=True).exists()


def _properties(row: Boundary, datum: str) -> dict[str, Any]:
    place = row.place
    lon, lat = datums.in_datum(row.lon, row.lat, datum)
    return {
        "code": place.code,
        "name": display_name(place),
        "level": place.level,
        "synthetic": place.synthetic,
        "landmark": place.landmark,
        "lon": round(lon, DIGITS),
        "lat": round(lat, DIGITS),
    }


def _geometry(shape: shapely.Geometry) -> dict[str, Any]:
    parts = [
        [shapely.get_coordinates(ring).tolist() for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(shape)
    ]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def neighbours(id: UUID) -> list[Place]:
    """Current places of the same level that share a border line (a corner is not enough), by code."""
    own = Boundary.objects.select_related("place").filter(place=id).first()
    if own is None:
        return []
    shape = shapely.from_wkb(bytes(own.wkb))
    near = Boundary.objects.filter(
        place__until=None,
        place__level=own.place.level,
        west__lte=own.east,
        east__gte=own.west,
        south__lte=own.north,
        north__gte=own.south,
    ).exclude(place=id)
    rows = list(near.select_related("place").order_by("place__code"))
    lines = shapely.intersection(shape.boundary, shapely.boundary(shapely.from_wkb([bytes(row.wkb) for row in rows])))
    return [row.place for row, line in zip(rows, lines, strict=True) if shapely.length(line) > 0]


def places_in_view(level: str, box: tuple[float, float, float, float], *, limit: int = 3000) -> list[UUID]:
    """Ids of current places of a level whose box meets (west, south, east, north): what a map shows."""
    west, south, east, north = box
    return list(
        Boundary.objects.filter(
            place__until=None, place__level=level, west__lte=east, east__gte=west, south__lte=north, north__gte=south
        )
        .order_by("place__code")
        .values_list("place_id", flat=True)[:limit]
    )

"""Grids as GeoJSON, in the form that import_grids reads."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from shanzhi.registers.places import datum as datums
from shanzhi.registers.places.levels import Level
from shanzhi.registers.places.models import Boundary, Place

DIGITS = 7


def export_grids(*, under: Place, level: str = Level.GRID, datum: str = "wgs84") -> dict[str, Any]:
    """A FeatureCollection of the current grids (or micro-grids) below a place, with full precision. Invalid(datum)."""
    datums.checked(datum)
    rows = Boundary.objects.filter(place__until=None, place__level=Level(level), place__path__startswith=under.path)
    rows = rows.select_related("place").order_by("place__path")
    return {
        "type": "FeatureCollection",
        "datum": datums.checked(datum),  # RFC 7946 knows only WGS-84: another datum must be said
        "features": [_feature(row, datum) for row in rows],
    }


def _feature(row: Boundary, datum: str) -> dict[str, Any]:
    def convert(xy: np.ndarray) -> np.ndarray:
        return np.round(np.column_stack(datums.in_datum(xy[:, 0], xy[:, 1], datum)), DIGITS)

    place = row.place
    return {
        "type": "Feature",
        "properties": {
            "code": place.code,
            "name": place.name,
            "parent": place.codes[-2],
            "landmark": place.landmark,
            "synthetic": place.synthetic,
        },
        "geometry": shapely.geometry.mapping(shapely.transform(shapely.from_wkb(bytes(row.wkb)), convert)),
    }

"""Boundaries that follow from others: a community is the union of its grids, a street of its communities, and so on up."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import numpy as np
import shapely

from . import shapes
from .levels import Level
from .models import Place
from .store import replace_boundaries, write_boundaries


def united(polygons: np.ndarray) -> shapely.Geometry:
    """The union, without losing corners that neighbours have (a coverage stays one); overlapping input is dissolved."""
    whole = shapely.coverage_union_all(polygons) if shapely.coverage_is_valid(polygons) else shapely.union_all(polygons)
    parts = [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def write(found: dict[UUID, shapely.Geometry]) -> None:
    """Boundaries of new places."""
    write_boundaries(list(found.items()))


def refresh(paths: Iterable[str]) -> None:
    """Draw anew the places at these paths (communities or above) and everything above them, from what lies below."""
    codes = {code for path in paths for code in path.rstrip("/").split("/")}
    above = Place.objects.filter(until=None, code__in=codes).exclude(level=Level.PROVINCE)
    for place in sorted(above, key=lambda place: -place.rank):
        below = Place.objects.filter(until=None, parent=place).values_list("id", flat=True)
        members = list(shapes.boundaries(below).values())
        if members:
            replace_boundaries([(place.id, united(np.array(members, dtype=object)))])

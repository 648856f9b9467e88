"""Writes many places at once, by COPY: a city has tens of thousands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import shapely
from django.db import connection

from shanzhi.foundation.base.ids import new_id

from .models import Boundary, Place

PLACE = "id, level, code, name, path, parent_id, synthetic, landmark, since"
VERSION = "id, place_id, code, name, path, parent_id, valid_from"
BOUNDARY = "place_id, wkb, west, south, east, north, lon, lat"


@dataclass(slots=True)
class Draft:
    """A place about to be. `parent` is a code: of another draft, or of a place that is there."""

    level: str
    code: str
    name: str
    parent: str | None = None
    synthetic: bool = False
    landmark: str = ""
    boundary: shapely.Geometry | None = None


def create(
    drafts: Iterable[Draft], *, on: date, known: Mapping[str, tuple[UUID, str]] | None = None
) -> dict[str, UUID]:
    """Write the drafts, parents before children; `known` gives (id, path) of places that are there. Returns code → id."""
    placed: dict[str, tuple[UUID, str]] = dict(known or {})
    places, versions, made, shapes = [], [], {}, []
    for draft in drafts:
        parent, above = placed[draft.parent] if draft.parent else (None, "")
        id, path = new_id(), f"{above}{draft.code}/"
        placed[draft.code] = (id, path)
        made[draft.code] = id
        places.append((id, str(draft.level), draft.code, draft.name, path, parent, draft.synthetic, draft.landmark, on))
        versions.append((new_id(), id, draft.code, draft.name, path, parent, on))
        if draft.boundary is not None:
            shapes.append((id, draft.boundary))
    _copy("places_place", PLACE, places)
    _copy("places_placeversion", VERSION, versions)
    write_boundaries(shapes)
    return made


def write_boundaries(shapes: list[tuple[UUID, shapely.Geometry]]) -> None:
    """Boundaries of places that have none yet."""
    geometries = [shape for _, shape in shapes]
    if not geometries:
        return
    inside = shapely.point_on_surface(geometries)
    rows = zip(
        (id for id, _ in shapes),
        shapely.to_wkb(geometries),
        shapely.bounds(geometries).tolist(),
        shapely.get_x(inside).tolist(),
        shapely.get_y(inside).tolist(),
        strict=True,
    )
    _copy("places_boundary", BOUNDARY, [(id, wkb, *box, lon, lat) for id, wkb, box, lon, lat in rows])


def replace_boundaries(shapes: list[tuple[UUID, shapely.Geometry]]) -> None:
    """Boundaries of places that are made up of others, which may have one already."""
    Boundary.objects.filter(place__in=[id for id, _ in shapes]).delete()
    write_boundaries(shapes)


def codes_below(path: str) -> dict[str, tuple[UUID, str]]:
    """code → (id, path) of every current place in a subtree and of those above it."""
    codes = path.rstrip("/").split("/")
    found = Place.objects.filter(until=None).only("id", "code", "path")
    rows = [*found.filter(code__in=codes), *found.filter(path__startswith=path)]
    return {place.code: (place.id, place.path) for place in rows}


def _copy(table: str, columns: str, rows: list[tuple]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)

"""Brings a city's own grids in: checks all, then replaces what changed, with lineage from old to new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import shapely

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Problem
from shanzhi.foundation.journal.services import append
from shanzhi.registers.places import outlines, permissions, shapes, store, versions
from shanzhi.registers.places.changes.common import change, checked_day, end
from shanzhi.registers.places.facts import GridsImported
from shanzhi.registers.places.levels import Level
from shanzhi.registers.places.models import Lineage, Place

from .checks import Scope, check, scope_of
from .datum_check import check_datum
from .rows import Row, read

OVERLAP = 0.01  # share of an old grid that must lie in a new one for lineage between them


@dataclass(slots=True)
class Report:
    rows: int = 0
    created: int = 0
    ended: int = 0
    kept: int = 0
    written: bool = False
    problems: list[Problem] = field(default_factory=list)
    accepted: bool = False  # warnings do not stop the import

    @property
    def ok(self) -> bool:
        return not any(problem.level == "error" or not self.accepted for problem in self.problems)


def import_grids(
    *,
    geojson: Mapping[str, Any] | bytes | str | Path,
    by: Actor,
    dry_run: bool = False,
    level: str = Level.GRID,
    datum: str = "wgs84",
    on: date | None = None,
    accept_warnings: bool = False,
) -> Report:
    """Replace the grids of each county that the file touches (level "microgrid": the micro-grids of each grid).

    `geojson` is parsed, bytes, or a path. Properties: code, name, parent (code of the community or grid), landmark. All or
    nothing: with one error nothing is written (one warning, unless accepted), and the report lists every problem by row. Grids that are as they were keep
    their ids; the others end, with lineage to those that now cover them. Denied, Invalid(datum | on).
    """
    level = Level(level)
    on = checked_day(on)
    sheet = read(geojson, level, datum)
    with change("import-grids", by=by, key=None, body={}):
        scope = scope_of(sheet.rows, level)
        permissions.check_keeper(by, *(root.path for root in scope.roots))
        problems = [*sheet.problems, *check(sheet.rows, scope), *check_datum(sheet.rows, scope, datum)]
        report = Report(rows=len(sheet.rows), problems=problems, accepted=accept_warnings)
        if report.ok:
            _replace(sheet.rows, scope, report, by=by, on=on, write=not dry_run)
    return report


def _replace(rows: list[Row], scope: Scope, report: Report, *, by: Actor, on: date, write: bool) -> None:
    olds = [
        place
        for root in scope.roots
        for place in Place.objects.filter(until=None, level=scope.level, path__startswith=root.path).order_by("path")
    ]
    polygons = shapes.boundaries([place.id for place in olds])
    kept = _unchanged(rows, olds, polygons)
    olds = [place for place in olds if place.code not in kept]
    fresh = [row for row in rows if row.code not in kept]
    report.created, report.ended, report.kept = len(fresh), len(olds), len(kept)
    if not write or not (fresh or olds):
        report.written = write
        return
    below = list(Place.objects.filter(until=None, parent__in=olds))
    gone = [*olds, *below]
    versions.check_order([place.id for place in gone], on)
    end(gone, on)
    versions.record([place.id for place in gone], on)
    drafts = [
        store.Draft(scope.level, row.code, row.name, row.parent, row.synthetic, row.landmark, row.polygon)
        for row in fresh
    ]
    made = store.create(drafts, on=on, known={code: (place.id, place.path) for code, place in scope.parents.items()})
    polygons |= shapes.boundaries([place.id for place in below])
    _trace(gone, polygons, fresh, made, on)
    if scope.level == Level.GRID:
        outlines.refresh({place.path for place in scope.parents.values()})
    city = Place.objects.get(until=None, level=Level.CITY, code__in=scope.roots[0].codes)
    fact = GridsImported(city=city.id, created=len(fresh), ended=len(gone), on=on)
    append(fact, about=city.id, place=city.id, by=by)
    report.written = True


def _unchanged(rows: list[Row], olds: list[Place], polygons: dict[UUID, shapely.Geometry]) -> set[str]:
    known = {place.code: place for place in olds}
    same = set()
    for row in rows:
        place = known.get(row.code)
        if place is None or place.id not in polygons:
            continue
        told = (row.name, row.landmark, row.synthetic) == (place.name, place.landmark, place.synthetic)
        if told and place.codes[-2] == row.parent and _same_shape(polygons[place.id], row.polygon):
            same.add(row.code)
    return same


def _same_shape(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """Whatever corner the ring begins with, and whether a single part came as a Multi."""
    return bool(shapely.equals_exact(_plain(one), _plain(other)))


def _plain(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    return (parts[0] if len(parts) == 1 else shape).normalize()


def _trace(
    gone: list[Place], polygons: dict[UUID, shapely.Geometry], fresh: list[Row], made: dict[str, UUID], on: date
) -> None:
    """Lineage from each place that ended to the new ones that cover it."""
    gone = [place for place in gone if place.id in polygons]
    if not gone or not fresh:
        return
    old_shapes = np.array([polygons[place.id] for place in gone], dtype=object)
    new_shapes = np.array([row.polygon for row in fresh], dtype=object)
    new, old = shapely.STRtree(old_shapes).query(new_shapes, predicate="intersects")
    share = shapely.area(shapely.intersection(new_shapes[new], old_shapes[old])) / shapely.area(old_shapes[old])
    Lineage.objects.bulk_create(
        Lineage(
            old=gone[o], new_id=made[fresh[n].code], old_code=gone[o].code, new_code=fresh[n].code, on=on,
            kind=Lineage.Kind.REPLACE,
        )
        for n, o, part in zip(new, old, share, strict=True)
        if part > OVERLAP
    )  # fmt: skip

"""What is wrong between rows: overlaps, gaps, places that do not exist, grids that lie elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from django.utils.translation import gettext as _

from shanzhi.foundation.base.refusals import Problem
from shanzhi.registers.places import shapes
from shanzhi.registers.places.levels import Level
from shanzhi.registers.places.models import Place
from shanzhi.registers.places.tiling.plane import Plane

from .rows import Row

LEAST = 1.0  # square metres: less is rounding
# Public county outlines are drawn coarsely: along them a city's own grids may differ by so many metres, or by this share of
# the county's width if that is less. Grids are known exactly.
BORDER = {Level.GRID: 500.0, Level.MICROGRID: 0.5}
BORDER_SHARE = 0.05


@dataclass(slots=True)
class Scope:
    """What the file is about: it replaces everything of its level in these containers (counties, or grids)."""

    level: Level
    parents: dict[str, Place]  # code → community or grid
    containers: dict[str, Place]  # code of a parent → county or grid that the grids of the file must fill

    @property
    def roots(self) -> list[Place]:
        return list({place.id: place for place in self.containers.values()}.values())


def scope_of(rows: list[Row], level: Level) -> Scope:
    above = level.above
    parents = {
        place.code: place
        for place in Place.objects.filter(until=None, level=above, code__in={row.parent for row in rows})
    }
    if level == Level.MICROGRID:
        return Scope(level, parents, dict(parents))
    counties = {place.code: place for place in Place.objects.filter(until=None, level=Level.COUNTY)}
    containers = {
        code: next(counties[step] for step in place.codes if step in counties) for code, place in parents.items()
    }
    return Scope(level, parents, containers)


def check(rows: list[Row], scope: Scope) -> Iterator[Problem]:
    yield from _orphans(rows, scope)
    yield from _codes_elsewhere(rows, scope)
    yield from _empty_parents(scope)
    drawn = [row for row in rows if row.polygon is not None]
    if drawn:
        plane = Plane.around([row.polygon for row in drawn])
        flat = plane.metres(np.array([row.polygon for row in drawn], dtype=object))
        yield from _overlaps(drawn, flat)
        yield from _against_containers(drawn, flat, scope, plane)


def _orphans(rows: list[Row], scope: Scope) -> Iterator[Problem]:
    words = {
        Level.GRID: _("No community has the code %(code)s, so this grid belongs nowhere."),
        Level.MICROGRID: _("No grid has the code %(code)s, so this micro-grid belongs nowhere."),
    }
    for row in rows:
        if row.parent not in scope.parents:
            yield Problem(row.where, words[scope.level] % {"code": row.parent or "–"}, _("Give its code in “parent”."))


def _codes_elsewhere(rows: list[Row], scope: Scope) -> Iterator[Problem]:
    held = {place.code: place for place in Place.objects.filter(until=None, code__in=[row.code for row in rows])}
    replaced = tuple(root.path for root in scope.roots)
    for row in rows:
        place = held.get(row.code)
        if place and not (place.level == scope.level and place.path.startswith(replaced)):
            yield Problem(row.where, _("%(name)s already has this code.") % {"name": place.name})


def _empty_parents(scope: Scope) -> Iterator[Problem]:
    """The file replaces all grids of a county: a community without any would lie nowhere."""
    if scope.level != Level.GRID:
        return
    for root in scope.roots:
        communities = Place.objects.filter(until=None, level=Level.COMMUNITY, path__startswith=root.path)
        for place in communities.exclude(code__in=scope.parents).order_by("code"):
            text = _("%(county)s: %(name)s has no grid in the file.") % {"county": root.name, "name": place.name}
            yield Problem(place.code, text, _("A file holds all grids of each county that it touches."))


def _overlaps(rows: list[Row], flat: np.ndarray) -> Iterator[Problem]:
    one, other = shapely.STRtree(flat).query(flat, predicate="intersects")
    pairs = one < other
    one, other = one[pairs], other[pairs]
    area = shapely.area(shapely.intersection(flat[one], flat[other]))
    for i, j, size in zip(one, other, area, strict=True):
        if size > LEAST:
            values = {"other": rows[i].number, "code": rows[i].code, "area": round(size)}
            yield Problem(rows[j].where, _("It overlaps row %(other)d (%(code)s) by %(area)d m².") % values)


def _against_containers(rows: list[Row], flat: np.ndarray, scope: Scope, plane: Plane) -> Iterator[Problem]:
    outlines = shapes.boundaries([root.id for root in scope.roots])
    members = defaultdict(list)
    for index, row in enumerate(rows):
        if row.parent in scope.containers:
            members[scope.containers[row.parent].id].append(index)
    tree = shapely.STRtree(flat)
    holes = _holes(flat)
    gaps = holes.tolist()
    for root in scope.roots:
        if root.id in outlines and members[root.id]:
            outline = plane.metres(outlines[root.id])
            border = min(BORDER[scope.level], BORDER_SHARE * np.sqrt(outline.area))
            mine = np.array(members[root.id])
            yield from _outside([rows[k] for k in mine], flat[mine], outline, root, border)
            near = flat[tree.query(outline, predicate="intersects")]
            gaps += _open_gaps(outline, shapely.union_all([*near, *holes]), border)
    for gap in gaps:
        beside = rows[int(tree.nearest(gap))]
        at = plane.degrees(gap.point_on_surface())
        values = {"area": round(gap.area), "lon": round(at.x, 5), "lat": round(at.y, 5)}
        yield Problem(beside.where, _("Beside it %(area)d m² belong to no grid, at %(lon)s, %(lat)s.") % values)


def _outside(
    rows: list[Row], flat: np.ndarray, outline: shapely.Geometry, root: Place, border: float
) -> Iterator[Problem]:
    wide = outline.buffer(border)
    shapely.prepare(wide)
    for k in np.flatnonzero(~shapely.covers(wide, flat)):
        beyond = flat[k].difference(wide).area
        if beyond > LEAST:
            values = {"area": round(beyond), "name": root.name}
            advice = _("Check the code of its parent, and the datum of the file (wgs84 or gcj02).")
            yield Problem(rows[k].where, _("%(area)d m² of it lie outside %(name)s.") % values, advice)


def _holes(flat: np.ndarray) -> np.ndarray:
    """What the grids enclose and do not cover: a gap of any width."""
    parts = shapely.get_parts(shapely.union_all(flat))
    holes = [shapely.Polygon(ring) for part in parts for ring in part.interiors]
    return np.array([hole for hole in holes if hole.area > LEAST], dtype=object)


def _open_gaps(outline: shapely.Geometry, covered: shapely.Geometry, border: float) -> list[shapely.Geometry]:
    """Land that is not covered and reaches further in from the outline than the outline is exact."""
    inner = outline.buffer(-border)
    open_land = shapely.get_parts(outline.difference(covered))
    return [part for part in open_land if part.intersection(inner).area > LEAST]

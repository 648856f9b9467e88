"""One place becomes several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
import shapely
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.foundation.journal.services import append
from shanzhi.registers.places import facts, shapes, versions
from shanzhi.registers.places.models import Lineage, Place
from shanzhi.registers.places.outlines import united, write

from .common import change, checked_code, checked_day, checked_name, current, end, rehang

TOLERANCE = 1e-4  # share of the area that parts may leave out or hold twice: rounding, no more


@dataclass(frozen=True, slots=True)
class Part:
    """One of the new places: the ids of the places that it takes over, or, where there are none below, its polygon (WGS-84)."""

    code: str
    name: str
    children: tuple[UUID, ...] = ()
    boundary: shapely.Geometry | None = None
    landmark: str = ""


def split(
    *, place: UUID, parts: Sequence[Part], by: Actor, on: date | None = None, key: str | UUID | None = None
) -> list[Place]:
    """Split a place into two or more new ones of its level and parent. It ends on `on` (today); one part may take its code.

    Every place directly below goes to exactly one part. A place with nothing below is split by polygons that fill it without
    overlap. Denied, NotFound, Invalid(parts | code | name | on).
    """
    body = {
        "place": place,
        "parts": [[p.code, p.name, list(p.children), p.boundary and p.boundary.wkt] for p in parts],
        "on": on,
    }
    with change("split", by=by, key=key, body=body) as run:
        if run.replayed:
            return [Place.objects.get(id=id) for id in run.result["places"]]
        [old] = current([place], by, "place")
        on = checked_day(on)
        versions.check_order([old.id], on)
        below = {child.id: child for child in Place.objects.filter(until=None, parent=old)}
        _check(parts, set(below))
        codes = [checked_code(part.code, freed=[old.id]) for part in parts]
        if len(set(codes)) < len(codes):
            raise Invalid({"parts": [_("Each part needs a code of its own.")]})
        outlines = _outlines(old, parts, bool(below))
        end([old], on)
        versions.record([old.id], on)

        above = old.path.removesuffix(f"{old.code}/")
        news = Place.objects.bulk_create(
            Place(
                level=old.level,
                code=code,
                name=checked_name(part.name),
                path=f"{above}{code}/",
                parent_id=old.parent_id,
                synthetic=old.synthetic,
                landmark=part.landmark,
                since=on,
            )
            for part, code in zip(parts, codes, strict=True)
        )
        moves = {
            id: (below[id].path, new.id, new.path)
            for part, new in zip(parts, news, strict=True)
            for id in part.children
        }
        moved = rehang(moves) if moves else []
        versions.record([*(new.id for new in news), *moved], on)
        write({new.id: outline for new, outline in zip(news, outlines, strict=True) if outline is not None})
        kind = Lineage.Kind.SPLIT
        Lineage.objects.bulk_create(
            Lineage(old=old, new=new, old_code=old.code, new_code=new.code, on=on, kind=kind) for new in news
        )
        fact = facts.Split(old=old.id, new=tuple(new.id for new in news), on=on)
        append(fact, about=old.id, place=old.id, by=by)
        run.result["places"] = [str(new.id) for new in news]
    return news


def _check(parts: Sequence[Part], below: set[UUID]) -> None:
    given = [id for part in parts for id in part.children]
    if len(parts) < 2:
        raise Invalid({"parts": [_("A split needs at least two parts.")]})
    if len(given) != len(set(given)) or set(given) != below or (below and not all(part.children for part in parts)):
        raise Invalid({"parts": [_("Every place below must go to exactly one part, and every part needs one.")]})


def _outlines(old: Place, parts: Sequence[Part], by_children: bool) -> list[shapely.Geometry | None]:
    if by_children:
        known = shapes.boundaries([id for part in parts for id in part.children])
        each = [[known[id] for id in part.children if id in known] for part in parts]
        return [united(np.array(members, dtype=object)) if members else None for members in each]
    given = [part.boundary for part in parts if part.boundary is not None]
    if len(given) < len(parts) or not all(outline.is_valid and outline.area for outline in given):
        raise Invalid({"parts": [_("Each part needs a valid polygon, because nothing lies below this place.")]})
    whole = shapes.boundary(old.id)
    slack = TOLERANCE * whole.area
    missing = whole.difference(shapely.union_all(given)).area
    twice = sum(outline.area for outline in given) - shapely.union_all(given).area
    beyond = shapely.union_all(given).difference(whole).area
    if max(missing, twice, beyond) > slack:
        raise Invalid({"parts": [_("The parts must fill the place without gap, overlap or reaching beyond it.")]})
    return list(given)

"""Several places become one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import numpy as np
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.foundation.journal.services import append
from shanzhi.registers.places import shapes, versions
from shanzhi.registers.places.facts import Merged
from shanzhi.registers.places.models import Lineage, Place
from shanzhi.registers.places.outlines import united, write

from .common import change, checked_code, checked_day, checked_name, current, end, rehang


def merge(
    *,
    places: Sequence[UUID],
    code: str,
    name: str,
    by: Actor,
    on: date | None = None,
    landmark: str = "",
    key: str | UUID | None = None,
) -> Place:
    """Merge two or more places of one parent into a new one, which may take the code of one of them.

    What lay below them lies below the new place; they end on `on` (today), and lineage leads from each to the new one.
    Denied, NotFound, Invalid(places | code | name | on).
    """
    body = {"places": list(places), "code": code, "name": name, "on": on}
    with change("merge", by=by, key=key, body=body) as run:
        if run.replayed:
            return Place.objects.get(id=run.result["place"])
        olds = current(places, by, "places")
        on = checked_day(on)
        if len(olds) < 2 or len({(old.parent_id, old.level) for old in olds}) > 1:
            raise Invalid({"places": [_("Choose at least two places that lie directly in the same place.")]})
        code = checked_code(code, freed=[old.id for old in olds])
        name = checked_name(name)
        versions.check_order([old.id for old in olds], on)
        end(olds, on)
        versions.record([old.id for old in olds], on)

        first = olds[0]
        above = first.path.removesuffix(f"{first.code}/")
        new = Place.objects.create(
            level=first.level,
            code=code,
            name=name,
            path=f"{above}{code}/",
            parent_id=first.parent_id,
            synthetic=all(old.synthetic for old in olds),
            landmark=landmark or next((old.landmark for old in olds if old.landmark), ""),
            since=on,
        )
        below = Place.objects.filter(until=None, parent__in=olds).values_list("id", "path")
        moved = rehang({id: (path, new.id, new.path) for id, path in below})
        versions.record([new.id, *moved], on)
        outlines = shapes.boundaries([old.id for old in olds])
        if outlines:
            write({new.id: united(np.array(list(outlines.values()), dtype=object))})
        kind = Lineage.Kind.MERGE
        Lineage.objects.bulk_create(
            Lineage(old=old, new=new, old_code=old.code, new_code=code, on=on, kind=kind) for old in olds
        )
        fact = Merged(old=tuple(old.id for old in olds), new=new.id, on=on)
        append(fact, about=new.id, place=new.id, by=by)
        run.result["place"] = str(new.id)
    return new

"""A place comes to lie in another."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.foundation.journal.services import append
from shanzhi.registers.places import outlines, versions
from shanzhi.registers.places.facts import Moved
from shanzhi.registers.places.models import Lineage, Place

from .common import change, checked_day, current, rehang


def move(*, place: UUID, to: UUID, by: Actor, on: date | None = None, key: str | UUID | None = None) -> Place:
    """Put a place with all below it under another parent of the same level as its own. Ids and codes stay (see `recode`).

    The actor must keep both. Borders of the places above follow. Denied, NotFound, Invalid(to | on).
    """
    with change("move", by=by, key=key, body={"place": place, "to": to, "on": on}) as run:
        if run.replayed:
            return Place.objects.get(id=place)
        moving, parent = current([place, to], by, "place")
        on = checked_day(on)
        before = moving.parent
        if before is None or before.level != parent.level or before.id == parent.id:
            raise Invalid({"to": [_("Choose another place of the level that this one lies in now.")]})
        path = moving.path
        ids = list(Place.objects.filter(until=None, path__startswith=path).values_list("id", flat=True))
        versions.check_order(ids, on)
        rehang({moving.id: (path, parent.id, parent.path)})
        versions.record(ids, on)
        outlines.refresh([before.path, parent.path])
        Lineage.objects.create(
            old=moving, new=moving, old_code=moving.code, new_code=moving.code, on=on, kind=Lineage.Kind.MOVE
        )
        fact = Moved(place=moving.id, parent_before=before.id, parent=parent.id, below=len(ids) - 1, on=on)
        append(fact, about=moving.id, place=moving.id, by=by)
        run.result["place"] = str(moving.id)
    moving.refresh_from_db()
    return moving

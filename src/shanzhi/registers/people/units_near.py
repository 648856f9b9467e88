"""Which unit or post serves a place: its own, else the nearest above."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value
from django.utils.translation import gettext as _

from shanzhi.foundation.base.compiled import Kept, text_mark
from shanzhi.foundation.base.moment import today as moment_today
from shanzhi.foundation.base.refusals import Conflict

from .models import Unit

_kept = Kept()


def serving(place_path: str) -> dict[str, Any]:
    """A filter for rows whose place covers the place with this path."""
    parts = place_path.strip("/").split("/")
    lead = "/" if place_path.startswith("/") else ""
    return {"place__path__in": [lead + "/".join(parts[: n + 1]) + "/" for n in range(len(parts))]}


def nearest_unit(key: str, near: str | None = None) -> Unit | None:
    """The open unit of this key whose place covers `near`, nearest first. Without `near` there may be only one."""
    today = moment_today()
    if near is not None:
        found = _kept.rows((key, today), lambda: _covering(key, today), {text_mark(0): near})
        return max(found, key=lambda unit: len(unit.place.path), default=None)
    two = list(_open(key, today)[:2])
    if len(two) > 1:
        raise Conflict(_("Several places have a unit of this kind. Say for which place."), code="which-unit")
    return two[0] if two else None


def _open(key: str, today: date) -> QuerySet[Unit]:
    return Unit.objects.select_related("place").filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today), key=key)


def _covering(key: str, today: date) -> QuerySet[Unit]:
    """Those whose place covers the one with a path not known yet."""
    return _open(key, today).alias(near=Value(text_mark(0), CharField())).filter(near__startswith=F("place__path"))


def unit_after(unit: UUID, *, without: Collection[UUID] = ()) -> Unit | None:
    """The open unit that goes on for a closed one: that named at its closing, else its parent, and so on up. None if there
    is none, or only one of `without`.
    """
    day, at, seen = moment_today(), unit, {unit}
    while True:
        row = Unit.objects.filter(id=at).values_list("closure__successor", "parent").first()
        following = (row[0] or row[1]) if row else None
        if following is None or following in seen:
            return None
        seen.add(following)
        found = Unit.objects.select_related("place").get(id=following)
        if following not in without and (found.closed_on is None or found.closed_on > day):
            return found
        at = following


def units_serving(place_path: str) -> list[Unit]:
    """Open units whose place covers the place with this path: the nearest level first, then by key."""
    today = moment_today()
    found = Unit.objects.select_related("place").filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=today), **serving(place_path)
    )
    return sorted(found, key=lambda unit: (-len(unit.place.path), unit.level, unit.key))

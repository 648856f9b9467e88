"""Which unit or post serves a place: its own, else the nearest above."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from shanzhi.foundation.base.moment import today as moment_today
from shanzhi.foundation.base.refusals import Conflict

from .models import Unit


def serving(place_path: str) -> dict[str, Any]:
    """A filter for rows whose place covers the place with this path."""
    parts = place_path.strip("/").split("/")
    lead = "/" if place_path.startswith("/") else ""
    return {"place__path__in": [lead + "/".join(parts[: n + 1]) + "/" for n in range(len(parts))]}


def nearest_unit(key: str, near: str | None = None) -> Unit | None:
    """The open unit of this key whose place covers `near`, nearest first. Without `near` there may be only one."""
    today = moment_today()
    found = Unit.objects.select_related("place").filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today), key=key)
    if near is not None:
        return max(found.filter(**serving(near)), key=lambda unit: len(unit.place.path), default=None)
    two = list(found[:2])
    if len(two) > 1:
        raise Conflict(_("Several places have a unit of this kind. Say for which place."), code="which-unit")
    return two[0] if two else None


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

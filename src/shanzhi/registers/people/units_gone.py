"""Units that are no more, and which one each was followed by: for texts that still name them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from shanzhi.foundation.base.moment import today

from .models import Unit


@dataclass(frozen=True, slots=True)
class Gone:
    """`successor`: the open unit that the closing named, or that followed that one since; never just whatever stands above."""

    unit: Unit
    successor: Unit | None


def gone_units() -> list[Gone]:
    """All of them; two statements, however many."""
    closed = Unit.objects.filter(closed_on__lte=today()).select_related("place").annotate(heir=F("closure__successor"))
    rows = {row.id: row for row in closed}
    heirs = {row.heir for row in rows.values()} - {None} - rows.keys()
    open_ = {row.id: row for row in Unit.objects.filter(id__in=heirs).select_related("place")} if heirs else {}
    found = []
    for row in rows.values():
        at, seen = row.heir, {row.id}
        while at in rows and at not in seen:
            seen.add(at)
            at = rows[at].heir
        found.append(Gone(row, open_.get(at)))
    return found


def gone_unit(key: str, near: str, among: list[Gone] | None = None) -> Gone | None:
    """Of this key, the nearest that served the place with this path; `among`: from `gone_units`, where many are asked for."""
    units = gone_units() if among is None else among
    serving = [one for one in units if one.unit.key == key and near.startswith(one.unit.place.path)]
    return max(serving, key=lambda one: (len(one.unit.place.path), str(one.unit.closed_on)), default=None)

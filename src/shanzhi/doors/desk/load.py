"""Who is working on what: open cases by unit and by the person who has them. By name and place: a list, not a ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

from .flow import link
from .matters import matters


@dataclass(slots=True)
class Load:
    """`oldest`: when the oldest of the open cases was reported; `synthetic`: made-up cases are counted in;
    `somebody`: a person has them."""

    name: str
    open: int = 0
    near: int = 0
    late: int = 0
    oldest: datetime | None = None
    synthetic: bool = False
    somebody: bool = True

    def add(self, row: Mapping[str, Any]) -> None:
        self.open += row["n"]
        self.near += row["near"]
        self.late += row["late"]
        self.synthetic = self.synthetic or bool(row["made_up"])
        self.oldest = min(filter(None, (self.oldest, row["oldest"])))


@dataclass(slots=True)
class UnitLoad(Load):
    place: str = ""
    path: str = ""
    href: str = ""
    late_href: str = ""
    held: dict[UUID | None, Load] = field(default_factory=dict)

    @property
    def holders(self) -> list[Load]:
        return sorted(self.held.values(), key=lambda holder: (holder.somebody, holder.name))


def by_unit(by: Actor) -> list[UnitLoad]:
    """Of what the actor may see, without orders of rounds. Five statements, however many cases, units and people."""
    rows = counted(by)
    units = {unit.id: unit for unit in people.units(ids={row["unit"] for row in rows if row["unit"]})}
    persons = {row["holder"] for row in rows if row["holder"]}
    names = people.display_names(persons, for_=by) if persons else {}
    found: dict[tuple[UUID | None, bool], UnitLoad] = {}
    for row in rows:
        key = row["unit"], row["divided"]
        if key not in found:
            found[key] = _divided() if row["divided"] else _unit(units.get(row["unit"]))
        one = found[key]
        one.add(row)
        if not row["unit"] and not row["holder"]:
            continue  # said by the line of the unit
        # Whole cases and parts of cases stand on one line.
        holder = one.held.setdefault(row["holder"], _holder(row["holder"], names))
        holder.add(row)
        holder.synthetic = holder.synthetic and holder.somebody
    return sorted(found.values(), key=lambda one: (one.path, one.name))


def _holder(person: UUID | None, names: Mapping[UUID, str]) -> Load:
    return Load((person and names.get(person)) or _("Nobody has taken it yet"), somebody=bool(person))


def counted(by: Actor) -> list[dict[str, Any]]:
    """By unit and holder. What several units have is counted for each that still has a part in it, by the clock of that part. Two statements."""
    at, open_ = now(), matters(by).filter(closed_at=None)
    late = Q(due_at__lt=at)
    alone = (
        open_.exclude(casework.part_of_its_unit())
        .order_by()
        .annotate(holder=Coalesce("taker", "post__person"))
        .values("unit", "holder", divided=Q(unit=None, waits_for="parts"))
        .annotate(**_figures("", late, Q(warn_at__lte=at) & ~late))
    )
    late = Q(paused=None, due_at__lt=at) | Q(unit=F("case__unit"), case__due_at__lt=at)
    parts = (
        casework.parts_in(open_)
        .order_by()
        .annotate(holder=Coalesce("taker", "post__person"))
        .values("unit", "holder", divided=Value(value=False))
        .annotate(**_figures("case__", late, Q(paused=None, warn_at__lte=at) & ~late))
    )
    return [*alone, *parts]


def _figures(case: str, late: Q, near: Q) -> dict[str, Any]:
    return {
        "n": Count("id"), "made_up": Count("id", filter=Q(**{f"{case}synthetic": True})), "late": Count("id", filter=late),
        "near": Count("id", filter=near), "oldest": Min(f"{case}opened_at"),
    }  # fmt: skip


def _divided() -> UnitLoad:
    return UnitLoad(_("Divided: each part counts with its unit"), href=link(which="open", waits="parts"))


def _unit(unit: Any) -> UnitLoad:
    if unit is None:
        return UnitLoad(_("Not with a unit yet"), href=reverse("desk:inbox"))
    return UnitLoad(
        pick(unit.name), place=places.full_name(unit.place, 2), path=unit.place.path, synthetic=unit.synthetic,
        href=link(which="open", unit=unit.id), late_href=link(which="late", unit=unit.id),
    )  # fmt: skip

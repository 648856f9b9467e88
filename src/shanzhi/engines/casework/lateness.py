"""Late and nearly due: of a case, or of a unit's part in it. A box, a filter and a figure must mean the same by it.

`at` may be a mark (foundation/base/compiled.py). Of parts, those that wait and whose clock runs: each ends before its whole is due.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as Either
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import JSONObject, Least

from shanzhi.foundation.base.texts import pick

from .hand_lists import cases_of
from .hands import OPEN
from .models import Case, Hand
from .visible import Among


def waiting_parts() -> QuerySet[Hand]:
    return Hand.objects.filter(ended_at=None, stand__in=OPEN)


def running_parts() -> QuerySet[Hand]:
    return waiting_parts().filter(paused=None)


def over(at: datetime) -> Q:
    """The case, or a part of it, is past its time."""
    return Q(due_at__lt=at) | parts_over(at)


def pressing(at: datetime) -> Q:
    """Past its time, or nearly."""
    return _pressing(at) | parts_pressing(at)


def parts_over(at: datetime) -> Q:
    return _several(running_parts().filter(due_at__lt=at))


def parts_pressing(at: datetime) -> Q:
    return _several(running_parts().filter(_pressing(at)))


def _pressing(at: datetime) -> Q:
    return Q(warn_at__lte=at) | Q(due_at__lte=at)


def parts_in(cases: QuerySet[Case]) -> QuerySet[Hand]:
    """The parts of these that wait, also those whose clock stands: for figures."""
    return waiting_parts().filter(case__in=cases.order_by().values("pk"))


def with_unit(unit: UUID, *, late_at: datetime | None = None) -> Q:
    """What the unit has: cases, and parts of cases; `late_at`: of these what is past its time."""
    if late_at is None:
        return Q(unit=unit) | _several(waiting_parts().filter(unit=unit))
    return Q(unit=unit, due_at__lt=late_at) | _several(running_parts().filter(unit=unit, due_at__lt=late_at))


def part_of_its_unit() -> Q:
    """Cases whose own unit has a part that waits: it is counted by that."""
    return _several(waiting_parts().filter(unit=F("case__unit")))


def _several(parts: QuerySet[Hand]) -> Q:
    return Q(hands_on__gt=0) & cases_of(parts)


def most_pressing_first(cases: QuerySet[Case], at: datetime, most: int | None = None) -> QuerySet[Case]:
    """By the end of the case, or of a part that presses, as rows show it; all of them, or at least the first `most`.

    Pressing parts are few: with them, the `most` that end first as wholes hold all that can stand first, and the index has those in order.
    """
    if most is not None:
        first = cases.order_by("due_at", "id").values("pk")[:most]
        cases = cases.filter(Q(Among(F("pk"), ArraySubquery(first))) | parts_pressing(at))
    return cases.order_by(Least("due_at", _of_first_part("due_at", at)).asc(nulls_last=True), "id")


def with_part_due(cases: QuerySet[Case], at: datetime) -> QuerySet[Case]:
    """Adds `part_due`: {"due", "warn"} of the part that presses and ends first, or None."""
    return cases.annotate(part_due=_of_first_part(JSONObject(due="due_at", warn="warn_at"), at))


def _of_first_part(value: str | JSONObject, at: datetime) -> Either:
    """Asked for where several units work only, so that a long list does not ask for each of its cases."""
    parts = running_parts().filter(_pressing(at), case=OuterRef("pk")).order_by("due_at")
    found = parts.values(value) if isinstance(value, str) else parts.values(found=value)
    return Either(When(hands_on__gt=0, then=Subquery(found[:1])))


@dataclass(frozen=True, slots=True)
class Pressure:
    """What a reader on duty sees of a case's time. `part`: it is a unit's part that presses, not the whole."""

    due: datetime | None
    warn: datetime | None
    late: str
    part: bool = False


def pressure(case: Case, at: datetime) -> Pressure:
    """`late`: "" | warn | over. With `with_part_due`, a part that presses counts first: it ends before its whole."""
    found: dict[str, str | None] | None = getattr(case, "part_due", None)
    whole = Pressure(case.due_at, case.warn_at, _late(case, case.due_at, case.warn_at, at))
    if not found:
        return whole
    due, warn = (datetime.fromisoformat(text) if (text := found[name]) else None for name in ("due", "warn"))
    return Pressure(due, warn, _late(case, due, warn, at), part=True)


def _late(case: Case, due: datetime | None, warn: datetime | None, at: datetime) -> str:
    if case.final or due is None:
        return ""
    return "over" if at > due else "warn" if warn and at >= warn else ""


def units_over(cases: Iterable[Case], at: datetime) -> dict[UUID, list[str]]:
    """case → the names of units whose part is past its time; the cases get their `part_due`. One statement, none where no case has several."""
    several = {case.id: case for case in cases if case.hands_on}
    found: dict[UUID, list[str]] = {}
    if not several:
        return found
    for row in running_parts().filter(case__in=several, due_at__lt=at).select_related("unit").order_by("due_at", "id"):
        if row.case_id not in found:
            ends = {"due": row.due_at, "warn": row.warn_at}
            several[row.case_id].part_due = {name: end and end.isoformat() for name, end in ends.items()}  # type: ignore[attr-defined]
        found.setdefault(row.case_id, []).append(pick(row.unit.name))
    return found

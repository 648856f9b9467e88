"""Who is on a case, as pages show it: one line for each unit with its clock and how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import pgettext

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.calendar.clock import limit_text, parse_limit
from shanzhi.registers.people import queries as people

from .asked import with_asked_of_hands
from .hands import OPEN, Stand
from .models import Case, Hand
from .sentences import audience_of

WORDS = {
    Stand.GIVEN: lambda: pgettext("a unit's part", "to be taken up"),
    Stand.TAKEN: lambda: pgettext("a unit's part", "in work"),
    Stand.DONE: lambda: pgettext("a unit's part", "done, to be checked"),
    Stand.RETURNED: lambda: pgettext("a unit's part", "returned"),
    Stand.HELP: lambda: pgettext("a unit's part", "help asked"),
    Stand.OUTSIDE: lambda: pgettext("a unit's part", "waits for others"),
    Stand.CHECKED: lambda: pgettext("a unit's part", "checked"),
    Stand.DROPPED: lambda: pgettext("a unit's part", "let go"),
}
TONES = {
    "given": "waiting",
    "taken": "working",
    "done": "checking",
    "returned": "waiting",
    "help": "waiting",
    "outside": "waiting",
    "checked": "done",
    "dropped": "stopped",
}
PLAIN = {
    Stand.DONE: lambda: pgettext("a unit's part", "done"),
    Stand.CHECKED: lambda: pgettext("a unit's part", "done"),
}


@dataclass(frozen=True, slots=True)
class HandSeen:
    """`own`: of one of the actor's units. `who`: whoever has it, or did it; `checked_by`: for those on duty only.

    `late`: "" | warn | over. `past`: of an earlier round, or let go. `asked`: more time was asked for, how much, in words.
    """

    id: UUID
    unit: UUID
    name: str
    lead: bool
    own: bool
    stand: str
    words: str
    who: str
    checked_by: str
    warn_at: datetime | None
    due_at: datetime | None
    paused: datetime | None
    late: str
    past: bool
    asked: str = ""

    @property
    def tone(self) -> str:
        return TONES.get(self.stand, "neutral")


def hands_of(case: Case, by: Actor) -> list[HandSeen]:
    """For a case that the caller may see: the actor's own first, then who leads. Nothing asked where there never was one.

    Two statements. Residents read which units, and in plain words how they stand.
    """
    if not case.hands_on:
        return []
    known = with_asked_of_hands(Hand.objects.filter(case=case))
    rows = list(known.select_related("unit", "post").order_by("-lead", "given_at", "id"))
    staff = audience_of(case, by) == "staff"
    shown = rows if staff else [row for row in rows if row.stand != Stand.DROPPED]
    seen = _seen(shown, by, staff=staff)
    return sorted(seen, key=lambda one: (one.past, not one.own, not one.lead))


def own_hands(cases: Iterable[Case], by: Actor) -> dict[UUID, HandSeen]:
    """case → the part of the actor's units in it that waits, for lists; two statements, none where no case has any."""
    ids = [case.id for case in cases if case.hands_on]
    if not ids or not by.posts:
        return {}
    rows = Hand.objects.filter(case__in=ids, unit__in=list(by.units()), ended_at=None).select_related("unit", "post")
    found: dict[UUID, HandSeen] = {}
    pairs = list(rows.order_by("-due_at", "id"))
    for row, one in zip(pairs, _seen(pairs, by, staff=True), strict=True):
        found[row.case_id] = one
    return found


def _seen(rows: list[Hand], by: Actor, *, staff: bool) -> list[HandSeen]:
    persons = {one for row in rows for one in (_who(row), row.checked_by_id) if one} if staff else ()
    names = people.display_names(persons, for_=SYSTEM) if persons else {}
    units, moment = by.units(), now()
    return [
        HandSeen(
            row.id, row.unit_id, pick(row.unit.name), row.lead, row.unit_id in units, row.stand, _words(row, staff),
            names.get(who, "") if (who := _who(row)) else "",
            names.get(row.checked_by_id, "") if row.checked_by_id else "",
            row.warn_at, row.due_at, row.paused, _late(row, moment), row.ended_at is not None, _asked(row) if staff else "",
        )
        for row in rows
    ]  # fmt: skip


def _who(row: Hand) -> UUID | None:
    """Whoever did it, took it, or holds the post that it was given to."""
    return row.handled_by_id or row.taker_id or (row.post.person_id if row.post else None)


def _words(row: Hand, staff: bool) -> str:
    stand = Stand(row.stand)
    return str((WORDS if staff or stand not in PLAIN else PLAIN)[stand]())


def _asked(row: Hand) -> str:
    asked = getattr(row, "asked", None)
    return limit_text(parse_limit(asked["limit"])) if asked and row.ended_at is None else ""


def _late(row: Hand, moment: datetime) -> str:
    if row.stand not in OPEN or row.due_at is None or row.paused or row.ended_at:
        return ""
    return "over" if moment > row.due_at else "warn" if row.warn_at and moment >= row.warn_at else ""

"""The tick: every minute, what the clocks have to say. Set by set, each thing once for each clock."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Q, UUIDField, Value

from shanzhi.engines.casework.facts import CaseEscalated, CaseOverdue, CaseWarned
from shanzhi.engines.casework.models import Clock, Reminder
from shanzhi.engines.casework.visible import Among
from shanzhi.foundation.base import moment
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.calendar.queries import hours_reader
from shanzhi.foundation.journal.facts import Fact
from shanzhi.foundation.journal.services import Entry, append_many, command

from .holders import Holders, text_of
from .past import nobody_makes_a_past
from .speaking import Spoken, speak

log = logging.getLogger(__name__)
MARKS = ["warned_at", "overdue_at", "escalated", "next_at"]


@dataclass(frozen=True, slots=True)
class Ticked:
    """How many clocks said what. `more`: as many as the limit allows were looked at, so call again."""

    warned: int = 0
    overdue: int = 0
    escalated: int = 0
    more: bool = False


def tick(now: datetime | None = None, limit: int = 500, among: Collection[UUID] | None = None) -> Ticked:
    """One transaction of nine statements, however many clocks. Clocks that an action holds at this moment come next time.

    `among`: the cases of a past that is being made up, at its own moments; all others wait until that is done.
    """
    at = now or moment.now()
    with command("case.tick", by=SYSTEM):
        if among is None and not nobody_makes_a_past():
            return Ticked()
        theirs = Q() if among is None else Q(Among(F("case_id"), Value(list(among), ArrayField(UUIDField()))))
        clocks = list(
            Clock.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("case__place", "hand__unit")
            .filter(theirs, stopped=None, paused=None, next_at__lte=at)
            .order_by("next_at", "id")[:limit]
        )
        if not clocks:
            return Ticked()
        rows, entries, counted = _said(clocks, at)
        Clock.objects.bulk_update(clocks, MARKS)
        Reminder.objects.bulk_create(rows)
        append_many(entries, by=SYSTEM, at=at)
    return Ticked(
        counted[Reminder.Kind.WARNED], counted[Reminder.Kind.OVERDUE], counted[Reminder.Kind.ESCALATED],
        more=len(clocks) == limit,
    )  # fmt: skip


def _said(clocks: list[Clock], at: datetime) -> tuple[list[Reminder], list[Entry], dict[str, int]]:
    holders, read = Holders(clocks), hours_reader()
    rows: list[Reminder] = []
    entries: list[Entry] = []
    counted: dict[str, int] = dict.fromkeys(Reminder.Kind, 0)
    for clock in clocks:
        text = text_of(clock)
        if text is None:
            clock.next_at = None
            continue
        spoken = speak(clock, text, at, partial(holders.find, clock, text), read)
        if clock.next_at and clock.overdue_at and not spoken:
            log.error("case %s is overdue and nobody holds a post to be told of it", clock.case.number)
        for one in spoken:
            counted[one.kind] += 1
            rows += _rows(clock, one, at)
            entries.append(Entry(_fact(clock, one), clock.case_id, clock.case.place_id))
    return rows, entries, counted


def _rows(clock: Clock, spoken: Spoken, at: datetime) -> list[Reminder]:
    plain = {
        "case_id": clock.case_id, "clock": clock, "kind": spoken.kind, "state": clock.state, "due": clock.due, "at": at,
        "level": spoken.level + 1,
    }  # fmt: skip
    if spoken.kind != Reminder.Kind.ESCALATED:
        return [Reminder(**plain | {"level": 0})]
    return [Reminder(**plain, person_id=post.person_id, post=post) for post in spoken.posts]


def _fact(clock: Clock, spoken: Spoken) -> Fact:
    common = {
        "case": clock.case_id, "clock": clock.id, "state": clock.state, "due": clock.due,
        "unit": clock.hand.unit_id if clock.hand else clock.case.unit_id, "hand": clock.hand_id,
    }  # fmt: skip
    match spoken.kind:
        case Reminder.Kind.WARNED:
            return CaseWarned(**common)
        case Reminder.Kind.OVERDUE:
            return CaseOverdue(**common)
    return CaseEscalated(**common, level=spoken.level + 1, posts=[post.id for post in spoken.posts])

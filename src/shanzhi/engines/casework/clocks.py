"""The clocks of one case as a page shows them, and how many cases are late, by unit and state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.calendar.clock import left_text, limit_text, parse_limit
from shanzhi.foundation.playbook.queries import version
from shanzhi.registers.people import queries as people

from .labels import who_did
from .models import Case, Clock, Extension
from .text_of import procedure_of
from .timeline import given_reason
from .visible import duty_cases


@dataclass(frozen=True, slots=True)
class Running:
    """`paused`: standing since then (its `due` is the one it had); `text`: what is left, in words."""

    state: str
    title: str
    limit: str
    counts: str
    started: datetime
    warn: datetime
    due: datetime
    provisional: bool
    paused: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Extended:
    """`granted` None: not decided yet. `limit` in words: as asked, then as granted; `due`: the end that was granted.

    `unit`: for the part of this one alone, else "".
    """

    limit: str
    reason: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    granted: bool | None
    due: datetime | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Clocks:
    running: Running | None
    paused: tuple[Running, ...]
    extensions: tuple[Extended, ...]


def clocks_of(case: Case) -> Clocks:
    """For a case that the caller may see. Three statements at most."""
    open_ = Clock.objects.filter(case=case, hand=None, stopped=None).order_by("-started") if not case.final else ()
    shown = [_running(case, clock) for clock in open_]
    return Clocks(
        running=next((one for one in shown if one.paused is None), None),
        paused=tuple(one for one in shown if one.paused is not None),
        extensions=tuple(_extensions(case)),
    )


def _running(case: Case, clock: Clock) -> Running:
    state = procedure_of(case).states.get(clock.state)
    text = left_text(clock.due, now(), provisional=clock.provisional, paused=clock.paused is not None)
    return Running(
        clock.state, pick(state.title) if state else "", limit_text(parse_limit(clock.limit)), clock.counts, clock.started,
        clock.warn, clock.due, clock.provisional, clock.paused, text,
    )  # fmt: skip


def _extensions(case: Case) -> list[Extended]:
    steps = (
        "asked_step__post__unit",
        "asked_step__post__place",
        "decided_step__post__unit",
        "decided_step__post__place",
        "clock__hand__unit",
    )
    rows = list(Extension.objects.filter(case=case).select_related(*steps).order_by("asked_at"))
    who = who_did([step for row in rows for step in (row.asked_step, row.decided_step) if step], case.version_id)
    return [
        Extended(
            limit_text(parse_limit(row.limit)), given_reason(case, row.asked_step) or row.reason, who[row.asked_step_id], row.asked_at,
            who.get(row.decided_step_id, "") if row.decided_step_id else "", row.decided_at, row.granted, row.due,
            pick(row.clock.hand.unit.name) if row.clock.hand else "",
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """Open cases of one unit (none: nobody has them yet) in one state. `soon`: warned, not late; `paused`: a clock stands."""

    unit: UUID | None
    name: str
    procedure: str
    state: str
    title: str
    open: int
    late: int
    soon: int
    paused: int
    oldest_due: datetime


@dataclass(frozen=True, slots=True)
class ClockSummary:
    open: int
    late: int
    soon: int
    paused: int
    rows: tuple[Row, ...]


def clock_summary(by: Actor, place_path: str = "", unit: UUID | None = None) -> ClockSummary:
    """Of the open cases that the actor sees, in a subtree and of one unit if named. Three statements; the latest first."""
    at = now()
    cases = duty_cases(by).filter(closed_at=None, place__path__startswith=place_path)
    if unit is not None:
        cases = cases.filter(unit=unit)
    counted = (
        cases.order_by()
        .values("unit", "procedure", "state", "version")
        .annotate(
            n=Count("pk"),
            late=Count("pk", filter=Q(due_at__lt=at)),
            soon=Count("pk", filter=Q(warn_at__lte=at, due_at__gte=at)),
            oldest=Min("due_at"),
        )
    )
    standing = Clock.objects.filter(
        hand=None, stopped=None, paused__isnull=False, case__in=cases.order_by().values("pk")
    )
    paused = {
        tuple(one[:3]): one[3]
        for one in standing.values_list("case__unit", "case__procedure", "case__state").annotate(Count("case"))
    }
    rows = sorted(_rows(counted, paused), key=lambda row: (-row.late, -row.soon, row.oldest_due))
    return ClockSummary(
        sum(row.open for row in rows), sum(row.late for row in rows), sum(row.soon for row in rows),
        sum(row.paused for row in rows), tuple(rows),
    )  # fmt: skip


def _rows(counted: Iterable[Mapping[str, Any]], paused: dict[tuple[Any, ...], int]) -> list[Row]:
    """One for each unit and state; the newest text gives the title."""
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for one in counted:
        groups.setdefault((one["unit"], one["procedure"], one["state"]), []).append(one)
    named = {one.id: one for one in people.units(ids=[unit for unit, *_rest in groups if unit])}
    found = []
    for (unit, procedure, state), some in groups.items():
        text = version(max(one["version"] for one in some)).document("procedures", procedure)
        found.append(Row(
            unit, pick(named[unit].name) if unit in named else "", procedure, state, pick(text.states[state].title),
            sum(one["n"] for one in some), sum(one["late"] for one in some), sum(one["soon"] for one in some),
            paused.get((unit, procedure, state), 0), min(one["oldest"] for one in some),
        ))  # fmt: skip
    return found

"""The clocks of one case as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.calendar.clock import left_text, limit_text, parse_limit

from .labels import who_did
from .models import Case, Clock, Extension
from .text_of import procedure_of
from .timeline import given_reason


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

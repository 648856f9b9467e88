"""What an action does to the clocks of its case: the one that runs stops, stands or runs on; another begins or goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, cast

from .documents import Action, Catalogue, Procedure
from .models import Case, Clock, Hand
from .timing import limit_of, rebase, reckon, shown, started

# What a change of a clock may touch.
STORED = [
    "state", "limit", "due", "not_before", "warn", "provisional", "paused", "pauses", "counted_by", "warned_at", "overdue_at",
    "escalated", "next_at",
]  # fmt: skip


@dataclass(slots=True)
class Turn:
    """`drop`: what stands paused ends too; `change`: clocks of this case to store again."""

    at: datetime
    running: Literal["", "stop", "pause"] = ""
    drop: bool = False
    begin: Clock | None = None
    change: list[Clock] = field(default_factory=list)


def enter(case: Case, procedure: Procedure, to: str) -> None:
    state = procedure.states[to]
    case.state, case.stage, case.waits_for = to, state.stage, state.waits_for or ""


def begin(case: Case, procedure: Procedure, catalogue: Catalogue | None, at: datetime) -> Clock | None:
    """The clock of the state that the case is in; none for a final one. Raises Invalid if its limit needs a category."""
    state = procedure.states[case.state]
    limit = limit_of(procedure, case.state, case.category, catalogue)
    if limit is None or state.clock is None:
        case.closed_at, case.warn_at, case.due_at = at, None, None
        return None
    case.closed_at = None
    return started(case, limit, state.clock.warn, at)


def turn(
    case: Case, action: Action, procedure: Procedure, catalogue: Catalogue | None, at: datetime, *, moved: bool
) -> Turn:
    """After the case was changed. `moved`: it has another unit or place, or waits for somebody else.

    One statement for resume, and for a clock that runs on where other hours may count; none else.
    """
    way = action.turns
    if way == "resume":
        held = _paused(case)
        if held is not None:
            return resumed(case, held, at)
        way = "restart"
    if way == "keep":
        return kept(case, at, moved=moved) if action.to or moved else Turn(at)
    clock = begin(case, procedure, catalogue, at)
    if way == "pause":
        return Turn(at, running="pause", begin=clock)
    # While the way back is open, what was paused waits on.
    open_ = any(one.turns == "resume" and not one.hand for one in procedure.from_state(case.state).values())
    return Turn(at, running="stop", drop=not open_, begin=clock)


def running(case: Case) -> Clock | None:
    return _own(Clock.objects.filter(case=case, hand=None, stopped=None, paused=None).first(), case)


def running_of(hand: Hand, case: Case) -> Clock | None:
    """The clock of one unit's part."""
    clock = _own(Clock.objects.filter(hand=hand, stopped=None, paused=None).first(), case)
    if clock is not None:
        clock.hand = hand  # what is shown goes to this very row
    return clock


def _paused(case: Case) -> Clock | None:
    held = Clock.objects.filter(case=case, hand=None, stopped=None, paused__isnull=False).order_by("-paused").first()
    return _own(held, case)


def standing_still(hand: Hand) -> Clock | None:
    """The paused clock of one hand."""
    return Clock.objects.filter(hand=hand, stopped=None, paused__isnull=False).first()


def _own(clock: Clock | None, case: Case) -> Clock | None:
    if clock is not None:
        clock.case = case  # with its place: the hours are looked up by it
    return clock


def resumed(case: Case, clock: Clock, at: datetime) -> Turn:
    since = cast(datetime, clock.paused)  # as `_paused` finds it
    if clock.overdue_at and clock.next_at:
        clock.next_at += at - since  # nobody is blamed for the time that it stood
    clock.pauses, clock.paused = [*clock.pauses, [since, at]], None
    clock.state, case.closed_at = case.state, None
    rebase(case, clock, at)
    reckon(clock)
    shown(case, clock)
    return Turn(at, running="stop", change=[clock])


def kept(case: Case, at: datetime, *, moved: bool) -> Turn:
    clock = running(case)
    if clock is None:
        return Turn(at)
    clock.state = case.state
    if moved:
        rebase(case, clock, at)
        reckon(clock)
        shown(case, clock)
    return Turn(at, change=[clock])

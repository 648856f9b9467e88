"""The whole is never due before the latest of its open parts: where a part's end comes to lie later, that of the whole follows.

Never earlier, and never in silence: a step of the house says until when and why, and who was promised a day is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from .asked import GRANTS
from .documents import Action
from .facts import CasePutOff
from .hands import OPEN, keep, on_it
from .models import Case, Clock, Hand, Step
from .timing import hold_until, shown
from .turning import Turn, running

PUT_OFF = "put-off"
# What was done to a part → why the whole takes longer.
WHY = {
    "take": "taken-up", "ask": "waits", "wait": "waits", "answer": "goes-on", "go-on": "goes-on", "done": "to-check",
    "return": "returned", "redo": "again",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PutOff:
    """Rows to store beside the case's own `due_at` and `warn_at`."""

    step: Step
    clock: Clock
    fact: CasePutOff


def why_of(action: Action) -> str:
    if action.effect == GRANTS:
        return "more-time"
    if action.assigns == "units":
        return "called-in"
    return "goes-on" if action.clock == "resume" else WHY.get(action.hand or "", "part")


def latest(hands: Iterable[Hand]) -> Hand | None:
    return max((one for one in hands if one.stand in OPEN and one.due_at), key=_end, default=None)


def _end(hand: Hand) -> datetime:
    return cast(datetime, hand.due_at)


def follow(case: Case, at: datetime, why: str, turn: Turn | None = None) -> PutOff | None:
    """After parts of the locked case changed. One statement, and only where the end moves; then `touched` rises once more.

    `turn`: what the action does to the clocks of the whole; one that only begins now was promised to nobody.
    """
    rows = on_it(case)
    last = latest(rows)
    if last is None or last.due_at is None or case.due_at is None or last.due_at <= case.due_at:
        return None
    if turn is not None and turn.begin is not None:
        hold_until(turn.begin, last.due_at)
        shown(case, turn.begin)
        return None
    changed = turn.change if turn is not None else ()
    clock = next((one for one in changed if one.hand_id is None), None) or running(case)
    if clock is None:
        return None
    made = put_off(case, clock, last.due_at, at, why, hand=last)
    keep(case, rows)
    return made


def put_off(
    case: Case, clock: Clock, due: datetime, at: datetime, why: str, *, hand: Hand | None = None, part: Case | None = None
) -> PutOff:  # fmt: skip
    """`hand` or `part`: because of which. The clock belongs to the case as a whole and runs."""
    was, unit = clock.due, hand.unit_id if hand else None
    hold_until(clock, due)
    shown(case, clock)
    case.touched, case.changed_at = case.touched + 1, at
    fields = {"was": was.isoformat(), "due": due.isoformat(), "why": why} | ({"part": part.number} if part else {})
    step = Step(
        case=case, seq=case.touched, action="", effect=PUT_OFF, from_state=case.state, to_state=case.state, relation="system",
        to_unit_id=unit, hand=hand, fields=fields, at=at,
    )  # fmt: skip
    fact = CasePutOff(
        case=case.id, clock=clock.id, state=case.state, due=due, was=was, why=why, step=step.id,
        unit=unit or case.unit_id, hand=hand.id if hand else None, part=part.id if part else None,
    )  # fmt: skip
    return PutOff(step, clock, fact)

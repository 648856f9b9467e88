"""What an action does to the hands of its case: given to several units at once, moved one by one, ended with their state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import Conflict, Invalid
from shanzhi.foundation.journal.facts import Fact

from .documents import Action, Catalogue, ClockText, Procedure
from .facts import CaseHandGiven, CaseHandMoved
from .forms import Filled
from .hands import ASIDE, NOT_YET, READY, Stand, as_hand, keep, on_it
from .models import Case, Clock, Hand, Step
from .separation import check_near
from .timing import limit_from, started
from .turning import STORED, resumed, standing_still

STAND = {
    "take": Stand.TAKEN, "done": Stand.DONE, "return": Stand.RETURNED, "check": Stand.CHECKED, "drop": Stand.DROPPED,
    "ask": Stand.HELP, "wait": Stand.OUTSIDE, "answer": Stand.TAKEN, "go-on": Stand.TAKEN,
}  # fmt: skip
MOVES = [
    "lead", "stand", "post", "taker", "handled_by", "checked_by", "taken_at", "done_at", "checked_at", "ended_at", "paused",
    "warn_at", "due_at", "touched",
]  # fmt: skip
LEAVES_UNDONE = ("withdraw",)


@dataclass(slots=True)
class Handed:
    """`ended`: hands whose clocks stop (or, `paused`, whose running one stands; or, `gone_on`, only the running one stops,
    for what stood goes on); rows and changes for writing.write.
    """

    rows: list[models.Model] = field(default_factory=list)
    changed: list[tuple[models.Model, list[str]]] = field(default_factory=list)
    ended: list[UUID] = field(default_factory=list)
    paused: bool = False
    gone_on: bool = False
    facts: list[Fact] = field(default_factory=list)


def changes(
    case: Case, step: Step, action: Action, filled: Filled, hand: Hand | None, procedure: Procedure,
    catalogue: Catalogue | None,
) -> Handed:  # fmt: skip
    """After the case itself was moved. No statement for a procedure without hands, one for the hands that there are."""
    made = Handed()
    before = procedure.states[step.from_state]
    if before.hands:
        carry_on(case)
    if before.hands and step.to_state != step.from_state:
        _leave(case, step, action, made)
    if action.assigns == "units":
        _give(case, step, filled.units, procedure, catalogue, made)
    elif hand is not None:
        _move(case, step, action, filled, hand, procedure, catalogue, made)
    return made


def _give(
    case: Case, step: Step, units: list[Any], procedure: Procedure, catalogue: Catalogue | None, made: Handed
) -> None:
    """All of them or none: a unit that cannot have it stops the whole."""
    stays = on_it(case) if step.from_state == step.to_state else []
    there = {row.unit_id for row in stays}
    twice = [unit for unit in units if unit.id in there]
    if twice:
        raise Invalid({"units": [_("This unit is on it already.")]})
    text = procedure.states[case.state].hands
    if text is None:
        raise Conflict(_("In this state a case lies with one unit."), code="no-hands")
    leads = any(row.lead for row in stays)
    fresh = [
        Hand(case=case, step=step, unit=unit, lead=not leads and n == 0, given_at=step.at)
        for n, unit in enumerate(units)
    ]
    for hand in fresh:
        made.rows += [hand, clock_for(case, hand, text.given, catalogue, step)]
        made.facts.append(CaseHandGiven(case=case.id, hand=hand.id, unit=hand.unit_id, lead=hand.lead, step=step.id))
    case.involved = [*case.involved, *(unit.id for unit in units if unit.id not in case.involved)]
    count(case, [*stays, *fresh])


def _move(
    case: Case, step: Step, action: Action, filled: Filled, hand: Hand, procedure: Procedure,
    catalogue: Catalogue | None, made: Handed,
) -> None:  # fmt: skip
    rows, before = on_it(case), hand.stand
    hand.touched += 1
    step.hand, step.to_unit_id = hand, hand.unit_id
    _assign(case, hand, step, action, filled)
    hand.stand = STAND.get(action.hand or "", before)
    if action.hand == "redo":
        hand.stand = Stand.TAKEN if hand.taker_id or hand.post_id else Stand.GIVEN
    match action.hand:
        case "take":
            hand.taken_at = step.at
        case "done":
            hand.done_at, hand.handled_by_id = step.at, step.person_id
        case "check":
            hand.checked_at, hand.checked_by_id = step.at, step.person_id
        case "drop":
            hand.ended_at = step.at
    made.changed.append((hand, MOVES))
    if action.hand == "drop":
        _lead_on(case, rows, hand, made)
    _turn(case, step, action, hand, before, procedure, catalogue, made)
    made.facts.append(_moved(case, hand, step))
    count(case, rows)


def _assign(case: Case, hand: Hand, step: Step, action: Action, filled: Filled) -> None:
    if action.assigns == "taker":
        hand.taker_id, hand.post_id = step.person_id, step.post_id
    elif action.assigns == "post":
        post = filled.row(action, "post")
        if post.unit_id != hand.unit_id:
            raise Invalid({"post": [_("Please choose somebody of the unit whose part it is.")]})
        check_near(case, post)
        hand.post_id, hand.taker_id = post.id, None
        step.to_post_id = post.id


def _lead_on(case: Case, rows: list[Hand], dropped: Hand, made: Handed) -> None:
    """Somebody always leads: the unit that was given it next."""
    heir = next((row for row in rows if row is not dropped), None)
    if dropped.lead and heir is not None:
        dropped.lead, heir.lead = False, True
        case.unit = heir.unit
        made.changed.append((heir, ["lead"]))
        made.facts.append(CaseHandMoved(case=case.id, hand=heir.id, unit=heir.unit_id, stand=heir.stand, lead=True))


def _turn(
    case: Case, step: Step, action: Action, hand: Hand, before: str, procedure: Procedure,
    catalogue: Catalogue | None, made: Handed,
) -> None:  # fmt: skip
    """What becomes of this hand's clock."""
    if hand.stand == Stand.TAKEN and before in ASIDE:
        made.ended, made.gone_on = [hand.id], True
        _go_on(case, hand, step, made)
    elif hand.stand != before:
        made.paused = hand.stand in ASIDE
        made.ended, hand.paused, hand.warn_at, hand.due_at = [hand.id], None, None, None
        state = procedure.states[case.state]
        text = state.hands.of(hand.stand) if state.hands else None
        if text is not None:
            made.rows.append(clock_for(case, hand, text, catalogue, step))
    elif action.clock == "pause":
        made.ended, made.paused, hand.paused = [hand.id], True, step.at
    elif action.clock == "resume":
        _go_on(case, hand, step, made)


def _go_on(case: Case, hand: Hand, step: Step, made: Handed) -> None:
    """What stood goes on with what was left."""
    clock, view = standing_still(hand), as_hand(case, hand)
    if clock is not None:
        clock.case = view
        resumed(view, clock, step.at)
        clock.case, hand.warn_at, hand.due_at = case, clock.warn, clock.due
        made.changed.append((clock, STORED))
    hand.paused = None


def clock_for(case: Case, hand: Hand, text: ClockText, catalogue: Catalogue | None, step: Step) -> Clock:
    """Counts by the hours of the hand's own unit while it waits for that unit."""
    limit, view = limit_from(text, case.category, catalogue), as_hand(case, hand)
    clock = started(view, limit, text.warn, step.at)
    clock.case, clock.hand = case, hand
    hand.warn_at, hand.due_at = clock.warn, clock.due
    return clock


def _leave(case: Case, step: Step, action: Action, made: Handed) -> None:
    """With the state the round of hands ends. Only who takes back the whole matter leaves something undone."""
    rows = on_it(case)
    undone = [row for row in rows if row.stand != Stand.CHECKED]
    if undone and action.effect not in LEAVES_UNDONE:
        raise Conflict(NOT_YET, code="hands-open")
    for row in rows:
        row.ended_at, row.touched = step.at, row.touched + 1
        if row in undone:
            row.stand, row.paused, row.warn_at, row.due_at = Stand.DROPPED, None, None, None
            made.ended.append(row.id)
            made.facts.append(_moved(case, row, step))
        made.changed.append((row, MOVES))
    keep(case, [])


def carry_on(case: Case) -> None:
    """What was read before the action raised the case's `touched` still counts."""
    kept = getattr(case, "_on_it", None)
    if kept is not None and kept[0] == case.touched - 1:
        keep(case, kept[1])


def count(case: Case, rows: list[Hand]) -> None:
    keep(case, rows)
    present = on_it(case)
    case.hands_on, case.hands_done = len(present), sum(row.stand in READY for row in present)


def _moved(case: Case, hand: Hand, step: Step) -> CaseHandMoved:
    return CaseHandMoved(case=case.id, hand=hand.id, unit=hand.unit_id, stand=hand.stand, lead=hand.lead, step=step.id)

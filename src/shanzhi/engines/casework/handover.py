"""Whoever had a case is gone: it goes to their successor in the post, else to the unit; from a unit that is no more, to the
one that follows or stands above it, else to the named person. Nothing is lost, and nothing is moved twice.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import now, today
from shanzhi.foundation.journal.facts import Fact
from shanzhi.foundation.journal.services import append, command
from shanzhi.registers.people import queries as people

from .facts import CaseHandedOver, CaseHandMoved
from .fetching import fetch
from .handed_story import HANDOVER, RECUSED
from .handing import MOVES, Handed, carry_on, clock_for, count
from .hands import OPEN, Stand, as_hand, on_it
from .models import Case, Clock, Hand, Step
from .putting_off import follow
from .routing import named_person
from .separation import STEPPED_BACK
from .text_of import catalogue_of, procedure_of
from .timing import rebase, reckon
from .turning import STORED, Turn, kept
from .writing import write

log = logging.getLogger(__name__)
STORED_OF_CASE = [
    "unit",
    "post",
    "taker",
    "involved",
    "changed_at",
    "warn_at",
    "due_at",
    "touched",
    "hands_on",
    "hands_done",
]
TO_WORK = (Stand.GIVEN, Stand.TAKEN, Stand.RETURNED, Stand.HELP, Stand.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Heir:
    """`post` None: the unit as a whole."""

    unit: Any
    post: Any = None


def hand_over(*, posts: Collection[UUID] = (), units: Collection[UUID] = ()) -> int:
    """Of these posts and units, or of all where none is named; returns how many cases and parts went over.

    A post or unit whose last day has not come keeps what it has.
    """
    chosen = Q()
    if posts or units:
        chosen = Q(post__in=posts) | Q(unit__in=units)
    day = today()
    gone = Q(post__until__lte=day) | Q(unit__closed_on__lte=day)
    cases = Case.objects.filter(chosen, gone, closed_at=None).exclude(waits_for="hands")
    hands = Hand.objects.filter(chosen, gone, ended_at=None, stand__in=OPEN)
    # The ids first: what follows changes the rows that are looked for.
    alone, parts = list(cases.values_list("pk", flat=True)), list(hands.values_list("case", "pk"))
    return sum(_case(id) for id in alone) + sum(_part(case, id) for case, id in parts)


def _case(id: UUID) -> bool:
    with command("case.handover", by=SYSTEM):
        case = fetch(id, lock=True)
        if case.final or case.waits_for == "hands":
            return False
        heir = _heir(case, case.unit, case.post_id)
        if heir is None:
            return False
        give_case(case, heir)
        return True


def give_case(case: Case, heir: Heir, by: Actor = SYSTEM) -> None:
    """Locked, inside a command. `by`: whoever steps back from it; nobody does where a post ended."""
    before = (case.unit_id, case.post_id)
    case.unit, case.post_id, case.taker_id = heir.unit, heir.post.id if heir.post else None, None
    step, at = _step(case, heir, by=by), now()
    turn = kept(case, at, moved=True)
    write(case, STORED_OF_CASE, [step], turn)
    append(_fact(case, step, before, heir), about=case.id, by=by, place=case.place_id, at=at)


def _part(id: UUID, hand_id: UUID) -> bool:
    with command("case.handover", by=SYSTEM):
        case = fetch(id, lock=True)
        rows = on_it(case)
        hand = next((row for row in rows if row.id == hand_id and row.stand in OPEN), None)
        if hand is None:
            return False
        heir = _heir(as_hand(case, hand), hand.unit, hand.post_id)
        if heir is None:
            return False
        give_part(case, hand, heir)
        return True


def give_part(case: Case, hand: Hand, heir: Heir, by: Actor = SYSTEM) -> None:
    """As `give_case`, of one unit's part."""
    before, rows = (hand.unit_id, hand.post_id), on_it(case)
    theirs = next((row for row in rows if row is not hand and row.unit_id == heir.unit.id), None)
    if theirs is not None:
        _merge(case, hand, theirs, rows, before, by)
    else:
        _pass_on(case, hand, heir, before, by)


def _pass_on(case: Case, hand: Hand, heir: Heir, before: tuple[UUID, UUID | None], by: Actor) -> None:
    hand.unit, hand.post_id, hand.taker_id = heir.unit, heir.post.id if heir.post else None, None
    hand.touched += 1
    if hand.lead:
        case.unit = heir.unit
    step, at = _step(case, heir, hand, by), now()
    carry_on(case)
    changes: list[tuple[Any, list[str]]] = [(hand, ["unit", *MOVES])]
    clock = Clock.objects.filter(hand=hand, stopped=None, paused=None).first()
    if clock is not None:
        clock.hand, clock.case = hand, as_hand(case, hand)
        rebase(clock.case, clock, at)
        reckon(clock)
        clock.case, hand.due_at, hand.warn_at = case, clock.due, clock.warn
        changes.append((clock, STORED))
    _write(case, step, Turn(at), changes, [_fact(case, step, before, heir, hand)], by)


def _write(
    case: Case, step: Step, turn: Turn, changes: list[tuple[Any, list[str]]], facts: list[Fact], by: Actor,
    handed: Handed | None = None,
) -> None:  # fmt: skip
    """The whole may be due later, now that a part lies with others."""
    at, rows = turn.at, [step]
    off = follow(case, at, "handed-over", turn)
    if off is not None:
        rows, turn.change, facts = [step, off.step], [*turn.change, off.clock], [*facts, off.fact]
    write(case, STORED_OF_CASE, rows, turn, changes, handed)
    append(*facts, about=case.id, by=by, place=case.place_id, at=at)


def _merge(case: Case, hand: Hand, into: Hand, rows: list[Hand], before: tuple[UUID, UUID | None], by: Actor) -> None:
    """The unit that comes after has a part of its own already, and one unit has one part: what is undone goes into that."""
    at, work = now(), hand.stand in TO_WORK
    again = (work and into.stand not in TO_WORK) or (hand.stand == Stand.DONE and into.stand == Stand.CHECKED)
    if again:
        into.stand = Stand.DONE if not work else Stand.TAKEN if into.taker_id or into.post_id else Stand.GIVEN
        into.handled_by_id = into.handled_by_id if work else hand.handled_by_id
        into.checked_by_id, into.checked_at, into.paused = None, None, None
    hand.stand, hand.ended_at, hand.paused, hand.warn_at, hand.due_at = Stand.DROPPED, at, None, None, None
    lead, hand.lead = hand.lead, False
    into.lead = into.lead or lead
    hand.touched, into.touched = hand.touched + 1, into.touched + 1
    if lead:
        case.unit = into.unit
    step = _step(case, Heir(into.unit), hand, by)
    count(case, rows)
    handed = Handed(ended=[hand.id, into.id] if again else [hand.id])
    if again:
        hands = procedure_of(case).states[case.state].hands
        text = hands.of(into.stand) if hands else None
        handed.rows = [clock_for(case, into, text, catalogue_of(case.version_id), step)] if text else []
    moved = [
        CaseHandMoved(case=case.id, hand=one.id, unit=one.unit_id, stand=one.stand, lead=one.lead, step=step.id)
        for one in (hand, into)
    ]
    changes = [(hand, MOVES), (into, MOVES)]
    _write(case, step, Turn(at), changes, [_fact(case, step, before, Heir(into.unit)), *moved], by, handed)


def _heir(case: Case, unit: Any, post_id: UUID | None) -> Heir | None:
    """None: nothing has to be done, or there is nobody yet; then the nightly job asks again."""
    day = today()
    closed = unit is None or (unit.closed_on is not None and unit.closed_on <= day)
    post = people.post(post_id) if post_id else None
    if not closed:
        if post is None or post.until is None or post.until > day:
            return None
        return Heir(unit, _successor(case, unit, post))
    never = {case.subject_unit_id} if case.subject_unit_id else set()
    after = people.unit_after(unit.id, without=never) if unit is not None else None
    if after is not None:
        return Heir(after, _successor(case, after, post) if post else None)
    named = named_person(case)
    if named is not None:
        return Heir(named.unit, named)
    log.error("case %s lies with a unit that is no more, and nobody is named for it", case.number)
    return None


def _successor(case: Case, unit: Any, post: Any) -> Any:
    """Who holds the same post now, appointed last; never somebody who may not act in this case."""
    held = [one for one in people.posts_in(unit.id, role=post.role) if one.id != post.id]
    same = [one for one in held if one.place_id == post.place_id]
    return next((one for one in reversed(same) if fit(case, one)), None)


def fit(case: Case, post: Any) -> bool:
    apart = "handle" if case.waits_for == "checker" else "check"
    person = str(post.person_id)
    if any(person in case.parts.get(part, ()) for part in (apart, "replaced", STEPPED_BACK)):
        return False
    near = [*case.reporters, *map(UUID, getattr(case, "sides", None) or {})]
    actor = people.actor_of(post.person_id)
    return not people.has_conflict(actor, subject_unit=case.subject_unit_id, persons=near)


def _step(case: Case, heir: Heir, hand: Hand | None = None, by: Actor = SYSTEM) -> Step:
    case.touched, case.changed_at = case.touched + 1, now()
    if heir.unit.id not in case.involved:
        case.involved = [*case.involved, heir.unit.id]
    post = None if by.system else next((one for one in by.posts if one.unit in case.involved), by.post)
    return Step(
        case=case, seq=case.touched, action="", effect=RECUSED if post else HANDOVER, from_state=case.state, to_state=case.state,
        relation="handler" if post else "system", person_id=by.person if post else None, post_id=post.id if post else None,
        unit_id=post.unit if post else None,
        to_unit_id=heir.unit.id, to_post_id=heir.post.id if heir.post else None, hand=hand, at=case.changed_at,
    )  # fmt: skip


def _fact(
    case: Case, step: Step, before: tuple[UUID | None, UUID | None], heir: Heir, hand: Hand | None = None
) -> CaseHandedOver:
    return CaseHandedOver(
        case=case.id, step=step.id, hand=hand.id if hand else None, from_unit=before[0], from_post=before[1],
        to_unit=heir.unit.id, to_post=heir.post.id if heir.post else None, unit=case.unit_id,
        why="recused" if step.effect == RECUSED else None,
    )  # fmt: skip

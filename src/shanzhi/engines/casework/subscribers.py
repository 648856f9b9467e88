"""Turns what a procedure tells into notices. Runs behind the journal: nothing lost, nothing twice (key: fact and tell)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal.subscribers import StoredFact, subscriber
from shanzhi.foundation.messages.services import Telling, notify_many, overtaken

from . import handover, handover_telling, putting_off_told, ticking
from .acting import go_on_by_itself
from .children import parents_of
from .erasing import forget
from .listeners import listeners
from .models import Case, Step
from .telling import told
from .wholes import follow_children, put_off_by

MOVES_AN_END = ("case.opened", "case.acted", "case.handed-over", "case.clock-changed", "case.put-off")
ASKED = "case.asked"  # of those on duty: it no longer waits for a reader once the case has moved on
DUTY = frozenset({"desk", "unit", "handler"})


@subscriber("case-notices", kinds=("case.opened", "case.acted"), from_start=False)
def tell(facts: list[StoredFact]) -> None:
    cases = {
        case.id: case for case in Case.objects.select_related("place", "unit").filter(id__in={f.about for f in facts})
    }
    steps = _steps(facts)
    moved = {fact.about for fact in facts if fact.data.get("from_state") != fact.data.get("to_state")}
    if moved:
        overtaken(abouts=moved, kind=ASKED)
    tellings = [one for fact in facts if fact.about in cases for one in _tellings(fact, cases[fact.about], steps)]
    if tellings:
        notify_many(tellings=tellings, by=SYSTEM)


@subscriber("case-clocks", kinds=("case.warned", "case.overdue", "case.escalated"), from_start=False)
def remind(facts: list[StoredFact]) -> None:
    found = list(ticking.tellings(facts))
    if found:
        notify_many(tellings=found, by=SYSTEM)


@subscriber("case-recount", kinds=("calendar.",), from_start=False)
def recount(facts: list[StoredFact]) -> None:
    ticking.recount(facts)


@subscriber("case-handover", kinds=("post.ended", "unit.closed"), from_start=False)
def go_on(facts: list[StoredFact]) -> None:
    """Cases and parts of those who are gone go over to whoever comes after."""
    ended = {UUID(fact.data["post"]) for fact in facts if fact.kind == "post.ended"}
    closed = {UUID(fact.data["unit"]) for fact in facts if fact.kind == "unit.closed"}
    handover.hand_over(posts=ended, units=closed)


@subscriber("case-received", kinds=("case.handed-over",), from_start=False)
def received(facts: list[StoredFact]) -> None:
    found = list(handover_telling.tellings(facts))
    if found:
        notify_many(tellings=found, by=SYSTEM)


@subscriber("case-promises", kinds=("case.put-off",), from_start=False)
def promise(facts: list[StoredFact]) -> None:
    cases = {
        one.id: one for one in Case.objects.select_related("place", "unit").filter(id__in={f.about for f in facts})
    }
    steps = {str(id): step for id, step in _steps(facts).items()}
    found = list(putting_off_told.tellings(facts, cases, steps))
    if found:
        notify_many(tellings=found, by=SYSTEM)


@subscriber("case-wholes", kinds=MOVES_AN_END, from_start=False)
def put_off_wholes(facts: list[StoredFact]) -> None:
    """A divided matter is not due before the last of its parts."""
    for parent in put_off_by(fact.about for fact in facts):
        follow_children(parent)


@subscriber("case-parents", kinds=("case.closed",), from_start=False)
def close_parents(facts: list[StoredFact]) -> None:
    """A divided matter closes by itself once its last part has."""
    for parent in parents_of(fact.about for fact in facts):
        go_on_by_itself(parent)


@subscriber("case-parties", kinds=("person.erased",))
def erase(facts: list[StoredFact]) -> None:
    for fact in facts:
        forget(UUID(fact.data["person"]))


def _steps(facts: list[StoredFact]) -> dict[UUID, Step]:
    ids = {UUID(fact.data["step"]) for fact in facts if "step" in fact.data}
    related = ("post__unit", "post__place", "to_unit", "to_post__unit", "to_post__place", "hand__unit")
    return {step.id: step for step in Step.objects.select_related(*related).filter(id__in=ids)}


def _tellings(fact: StoredFact, case: Case, steps: dict[UUID, Step]) -> Iterator[Telling]:
    step = steps.get(UUID(fact.data["step"])) if "step" in fact.data else None
    for number, (about, whom, text) in enumerate(told(case, fact, step)):
        for person in listeners(about, whom, fact, step):
            if person != fact.person:
                yield Telling(
                    to=person,
                    text=text,
                    kind=ASKED if DUTY.issuperset(whom) else fact.kind,
                    about=case.id,
                    link=f"/case/{case.number}/",
                    key=f"{fact.id}:{number}",
                )

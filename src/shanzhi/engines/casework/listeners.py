"""Who is meant by reporter, subscribers, unit, handler and desk when something is told."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal.services import as_actor
from shanzhi.foundation.journal.subscribers import StoredFact
from shanzhi.registers.people import queries as people

from .models import Case, Party, Step
from .separation import complaint_barred
from .staying_out import staying_out
from .text_of import procedure_of

MOST_AT_A_DESK = 10


def listeners(case: Case, whom: Iterable[str], fact: StoredFact, step: Step | None) -> set[UUID]:
    """Person ids. The unit complained about is never among them, nor on duty whoever has to stay out of the case."""
    found: set[UUID] = set()
    duty: set[UUID] = set()
    for one in whom:
        match one:
            case "reporter" | "subscribers":
                found |= _parties(case, Party.Relation.REPORTER if one == "reporter" else Party.Relation.SUBSCRIBER)
            case "parties":
                found |= _sides(case)
            case "unit":
                duty |= _unit(case, step)
            case "handler":
                duty |= _handler(case, step)
            case "desk":
                duty |= _desk(case, fact)
    return found | (duty - staying_out(case, duty))


def _parties(case: Case, relation: str) -> set[UUID]:
    with as_actor(SYSTEM):
        rows = Party.objects.filter(case=case, relation=relation, person__isnull=False)
        return set(rows.values_list("person_id", flat=True))


def _sides(case: Case) -> set[UUID]:
    with as_actor(SYSTEM):
        rows = Party.objects.filter(case=case, person__isnull=False).exclude(side="")
        return set(rows.values_list("person_id", flat=True))


def _unit(case: Case, step: Step | None) -> set[UUID]:
    # Of several units each is told apart (telling): the case is then as that one sees it.
    unit = (step.to_unit_id if step else None) or case.unit_id
    if unit is None or unit == case.subject_unit_id:
        return set()
    return {post.person_id for post in people.posts_in(unit)}


def _handler(case: Case, step: Step | None) -> set[UUID]:
    if step and step.to_post:
        return {step.to_post.person_id}
    if case.taker_id:
        return {case.taker_id}
    return {people.post(case.post_id).person_id} if case.post_id else set()


def _desk(case: Case, fact: StoredFact) -> set[UUID]:
    """Of each role that may act next, the posts nearest to the place."""
    procedure, found = procedure_of(case), set()
    state = fact.data.get("to_state") or fact.data["state"]
    actions = [one for one in procedure.from_state(state).values() if not complaint_barred(procedure, one, case)]
    for role in sorted({one.removeprefix("role:") for a in actions for one in a.by if one.startswith("role:")}):
        held = [post for post in people.holders(role, case.place.path) if post.unit_id != case.subject_unit_id]
        nearest = [post for post in held if post.place_id == held[0].place_id][:MOST_AT_A_DESK]
        found |= {post.person_id for post in nearest}
    return found

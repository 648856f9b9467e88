"""Who goes on when somebody steps back: the head of the unit, the next person there, whoever stands above. Never somebody near."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from shanzhi.foundation.base.actor import Actor
from shanzhi.registers.people import queries as people

from .handover import Heir, fit
from .handover_telling import leads
from .models import Case
from .routing import named_person
from .text_of import procedure_of

WITH_UNIT = ("unit", "handler", "outside")


def has_it(case: Case, by: Actor) -> bool:
    """Taken by the actor, or given to a post that the actor holds."""
    if case.taker_id is not None:
        return case.taker_id == by.person
    return case.post_id is not None and case.post_id in {post.id for post in by.posts}


def heir_of(case: Case, by: Actor) -> Heir | None:
    """None where others have it anyway: it was not in the actor's hands, and their unit has somebody who may act."""
    own = case.unit_id is not None and case.unit_id in by.units()
    if not has_it(case, by) and not (own and case.waits_for in WITH_UNIT):
        return None
    here = next(_able(case, by, case.unit_id), None) if case.unit_id else None
    if here is not None:
        # Nobody in particular had it: a colleague takes it up as usual.
        return Heir(case.unit, here) if has_it(case, by) else None
    return _above(case, by)


def _above(case: Case, by: Actor) -> Heir | None:
    never = {case.subject_unit_id} if case.subject_unit_id else set()
    at = case.unit_id
    while at is not None:
        unit = people.unit_after(at, without=never)
        if unit is None:
            break
        post = next(_able(case, by, unit.id), None)
        if post is not None:
            return Heir(unit, post)
        at = unit.id
    named = named_person(case)
    if named is not None and named.person_id != by.person and fit(case, named):
        return Heir(named.unit, named)
    return None


def _able(case: Case, by: Actor, unit: UUID) -> Iterator[Any]:
    """Heads first, then by how long they are there."""
    if unit == case.subject_unit_id:
        return
    posts = [post for post in people.posts_in(unit) if case.place.path.startswith(post.place.path)]
    for post in sorted(posts, key=lambda one: not leads(case, one)):
        if post.person_id != by.person and fit(case, post):
            yield post


def at_desk(case: Case, by: Actor) -> set[UUID]:
    """Whoever can appoint somebody, where nobody else may do what comes next; empty where a colleague may."""
    actions = procedure_of(case).from_state(case.state).values()
    roles = sorted({one.removeprefix("role:") for action in actions for one in action.by if one.startswith("role:")})
    held = [post for role in roles for post in people.holders(role, case.place.path)]
    if any(post.person_id != by.person and fit(case, post) for post in held):
        return set()
    if case.unit_id and next(_able(case, by, case.unit_id), None):
        return set()
    appointing = [role for role, text in people.roles_at(case.place_id).items() if text.appoints]
    found = [post for role in appointing for post in people.holders(role, case.place.path)]
    return {post.person_id for post in found if post.person_id != by.person}

"""What is a worker's: cases in hand, cases to take, cases to check, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.registers.places import queries as places

PARTS = ("handle", "check")


@dataclass(frozen=True, slots=True)
class Box:
    """One heap of the list: those in hand, those to take …"""

    key: str
    title: str
    cases: QuerySet[Any]


def boxes(by: Actor) -> list[Box]:
    """All that waits for this person, each heap by its clock. No case stands in two of them."""
    return [
        Box("mine", _("In my hands"), casework.inbox(by, "mine")),
        Box("take", _("New, to take"), to_take(by)),
        Box("check", _("To check"), to_check(by)),
        Box("asked", _("Waiting for help"), asked(by)),
    ]


def to_take(by: Actor) -> QuerySet[Any]:
    """Given to a unit of the actor in a place of the actor and taken by nobody; or new, and the actor's role may begin."""
    ours = near = Q(pk__in=[])
    for post in by.posts:
        near |= Q(place__path__startswith=post.place_path)
        ours |= Q(unit=post.unit, place__path__startswith=post.place_path)
    given = (Q(waits_for="unit", taker=None) & ours & ~held(by)) | (casework.parts_of(by, "given") & near)
    return pressing(open_cases(by).filter(given | (Q(waits_for="desk") & able(by) & ~held(by))))


def to_check(by: Actor) -> QuerySet[Any]:
    """Never what the actor handled: whoever handles does not check."""
    return casework.inbox(by, "check").filter(able(by)).exclude(has_done(by, "handle"))


def asked(by: Actor) -> QuerySet[Any]:
    """Mine, but at a standstill until somebody answers."""
    return pressing(open_cases(by).filter(held(by), waits_for="desk"))


def done(by: Actor) -> QuerySet[Any]:
    """What the actor handled or checked and has left their hands, newest first."""
    touched = Q(pk__in=[])
    for part in PARTS:
        touched |= has_done(by, part)
    away = Q(closed_at__isnull=False) | Q(waits_for="checker") | ~held(by)
    cases = casework.duty_cases(by).filter(touched & away)
    return cases.select_related("place", "unit").order_by("-changed_at", "-id")


def around(by: Actor) -> QuerySet[Any]:
    """Everything open in the places of the actor's posts."""
    mine = Q(pk__in=[])
    for post in by.posts:
        mine |= Q(place__path__startswith=post.place_path)
    return pressing(open_cases(by).filter(mine))


def open_cases(by: Actor) -> QuerySet[Any]:
    return casework.duty_cases(by).filter(closed_at=None).select_related("place", "unit")


def pressing(cases: QuerySet[Any]) -> QuerySet[Any]:
    return cases.order_by(F("due_at").asc(nulls_last=True), "id")


def held(by: Actor) -> Q:
    """Taken by the actor, or given to a post of theirs."""
    # Plain "NOT (taker = me)" would lose the cases that nobody has taken.
    given = Q(taker__isnull=True, post__isnull=False, post__in=[post.id for post in by.posts])
    return Q(taker__isnull=False, taker=by.person) | given


def has_done(by: Actor, part: str) -> Q:
    return Q(**{f"parts__{part}__contains": [str(by.person)]})


def able(by: Actor) -> Q:
    """Cases in a state from which the text lets a role of the actor act, in the places of that role's posts."""
    found = Q(pk__in=[])
    for post in by.posts:
        try:
            version = casework.text_at(places.place(post.place))
        except Refusal:
            continue  # no playbook there: nothing runs there
        relation = f"role:{post.role}"
        for key, text in version.documents("procedures").items():
            mine = [action for action in text.actions.values() if relation in action.by]
            states = {state for action in mine for state in action.from_}
            # Of a complaint about a unit, what ends it on the spot is nobody's to do.
            asked = {state for action in mine if not casework.at_once(text, action) for state in action.from_}
            if states:
                there = Q(place__path__startswith=post.place_path, procedure=key, state__in=sorted(states))
                found |= there & (Q(subject_unit=None) | Q(state__in=sorted(asked))) if asked != states else there
    return found

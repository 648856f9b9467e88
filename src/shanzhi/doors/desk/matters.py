"""What was reported, apart from what the house ordered itself: a county makes a thousand inspection orders a morning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor

ORDER = "order"  # the layout of procedures that only the schedule opens
KIND = "matters"  # in the address of a search


def procedures(by: Actor) -> list[str]:
    """Those of matters, where the texts of the actor's places have orders too; else none: then there is nothing to tell apart.
    Also those that only a place below has.
    """
    texts: dict[str, Any] = {}
    lower: dict[str, Any] = {}
    for post in by.posts:
        texts |= casework.text_at(post.place).documents("procedures")
        lower |= casework.procedures_below(post.place_path)
    if all(text.layout != ORDER for text in texts.values()):
        return []
    return [name for name, text in (lower | texts).items() if text.layout != ORDER]


def at_desk(cases: QuerySet[Any], named: Sequence[str]) -> QuerySet[Any]:
    """Without orders that somebody walks: those are the patrol's. One that waits to be given to somebody is the desk's."""
    return cases.filter(Q(procedure__in=named) | Q(waits_for="desk")) if named else cases


def matters(by: Actor) -> QuerySet[Any]:
    """What the actor may see, without orders."""
    named = procedures(by)
    cases = casework.duty_cases(by)
    return cases.filter(procedure__in=named) if named else cases

"""A dispute begins: one side asks, or somebody on duty brings it; the other side is registered when known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Conflict, Invalid
from shanzhi.registers.places import queries as places

from .text import LAYOUT, marked


@dataclass(frozen=True, slots=True)
class PartyGiven:
    """Who stands on a side. `person` with an account; else name and phone, which only mediators see."""

    name: str = ""
    phone: str = ""
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    case: Any
    follow_token: str  # of party A, if without account


def open_dispute(
    *,
    id: UUID,
    place: UUID,
    words: str,
    by: Actor,
    category: str | None = None,
    a: PartyGiven | None = None,
    b: PartyGiven | None = None,
    source: str = "resident",
    key: str | UUID | None = None,
) -> Opened:
    """Ask for mediation. `words`: what it is about; both sides read them. `a`: who asks (the actor, if left out).

    `b` can be registered only by somebody who may do so then (a mediator of the village); else it is left to them.
    Raises Invalid (words), Conflict (nothing mediates there), Denied.
    """
    if not words.strip():
        raise Invalid({"words": [_("Please say in a few words what it is about. Both sides will read this.")]})
    who = services.Reporter(a.person, a.name, a.phone) if a else None
    opened = services.open_case(
        id=id, procedure=_procedure(place), place=place, words=words.strip(), by=by, category=category or None,
        reporter=who, source=source, key=key,
    )  # fmt: skip
    case = opened.case
    if b is not None and not casework.sides_of(casework.access_case(case.id, by=by)) - {"a"}:
        name = next(iter(marked(casework.procedure_of(case), "party")))
        case = services.act(case=case.id, action=name, by=by, fields={"side": "b", "name": b.name, "phone": b.phone})
    return Opened(case, opened.follow_token)


def _procedure(place: UUID) -> str:
    procedures = casework.text_at(places.place(place)).documents("procedures")
    found = next((name for name, text in procedures.items() if text.layout == LAYOUT), None)
    if found is None:
        raise Conflict(_("Nobody mediates here by this city's playbook yet."), code="no-mediation")
    return found

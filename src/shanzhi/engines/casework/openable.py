"""May this actor open such a matter here, by this door? And if not, whom to turn to."""

from __future__ import annotations

from typing import Any

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.texts import listed
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

from .documents import Procedure
from .models import Case
from .relations import Standing, standing


def opens_as(case: Case, text: Procedure, by: Actor, source: str) -> Standing | None:
    """Residents' doors open as a resident, also for an officer: what one reports at home is private."""
    if by.system:
        return Standing("system")
    if source == "resident" and {"anyone", "reporter"} & set(text.start.by):
        return Standing("anyone")
    stands = standing(case, by, sorted(text.start.by, key=lambda one: one == "anyone"))
    if stands is not None and stands.relation == "anyone" and source != "resident" and by.post:
        return Standing("anyone", by.post)
    return stands


def may_open(text: Procedure, place: Any, by: Actor, source: str) -> bool:
    case = Case(place=place)
    case.reporters, case.sides = [], {}
    return opens_as(case, text, by, source) is not None


def opened_by(text: Procedure, place: Any) -> str:
    """Who in this place takes such a matter down: their roles as they are called there; "" if nobody but the house does."""
    roles, found = people.roles_at(place), []
    for relation in text.start.by:
        role = relation.removeprefix("role:")
        if role != relation:
            at = places.ancestor(place, roles[role].level) if role in roles else None
            found.append(people.title_among(roles, role, at or place))
    return listed(found)

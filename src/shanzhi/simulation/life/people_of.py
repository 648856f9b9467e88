"""Who stands in a relation to a matter, and is there today."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from shanzhi.simulation.city.crowd import Agent, Crowd
from shanzhi.simulation.dice import one_of

from .matter import Matter

NEAREST = 0.7  # how often it is one of those nearest to the place, where others hold the same role


def standing_so(
    crowd: Crowd, relation: str, matter: Matter, by: Random, present: Callable[[Agent], bool]
) -> Agent | None:
    row = matter.row
    if relation == "handler":
        return _handler(crowd, row)  # if away, the matter waits
    if relation == "reporter":
        return matter.reporter
    if relation == "unit" or relation.startswith("unit:"):
        role = relation.removeprefix("unit").removeprefix(":")
        members = crowd.members(row.unit_id) if row.unit_id else []
        return _some([one for one in members if one.role == role or not role], by, present)
    if not relation.startswith("role:"):
        return None
    handled = set(row.parts.get("handle", ()))
    held = [
        one for one in crowd.holders(relation.removeprefix("role:"), row.place.path) if str(one.person) not in handled
    ]
    nearest = [one for one in held if len(one.path) == len(held[0].path)]
    return _some(nearest if by.random() < NEAREST else held, by, present)


def _some(agents: list[Agent], by: Random, present: Callable[[Agent], bool]) -> Agent | None:
    there = [one for one in agents if present(one)] or agents
    return one_of(by, there) if there else None


def _handler(crowd: Crowd, row: Any) -> Agent | None:
    if row.taker_id is not None:
        return crowd.person(row.taker_id)
    return crowd.holder(row.post_id) if row.post_id is not None else None

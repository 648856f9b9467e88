"""Reads of the simulation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shanzhi.foundation.base.actor import Actor
from shanzhi.registers.places import queries as places

from .models import State

SPEEDS = (1, 10, 60, 600)


@dataclass(frozen=True, slots=True)
class Standing:
    """`history`: when the past was made up, or None; `by`, `at`: who last paused it or set its speed, and when."""

    paused: bool
    speed: int
    seed: str
    history: datetime | None
    by: UUID | None
    at: datetime | None


def state() -> Standing:
    row = State.objects.filter(id=1).first() or State()
    return Standing(row.paused, row.speed, row.seed, row.history, row.by_id, row.at)


def may_set(by: Actor) -> bool:
    """The house, and those who hold a post for a whole city: the synthetic people act everywhere in it."""
    cities = {one.id for one in places.cities()}
    return by.system or any(post.place in cities for post in by.posts)

"""The synthetic residents of a grid: a handful of people with names and homes, made when one of them first reports."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID, uuid5

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.registers.people import queries as people
from shanzhi.registers.people import services as staff
from shanzhi.simulation.dice import dice
from shanzhi.simulation.names import person_name

from .crowd import Agent, Crowd

HOMES = 3  # people of one grid who report again and again


class Residents:
    def __init__(self, city: Any, crowd: Crowd) -> None:
        self.city, self.crowd = city, crowd
        self._known: dict[UUID, Agent] = {}

    def of(self, grid: Any, by: Random) -> Agent:
        return self.numbered(grid, by.randrange(HOMES))

    def numbered(self, grid: Any, number: int) -> Agent:
        key = f"resident {grid.code} {number}"
        person = uuid5(self.city.id, key)
        if person not in self._known:
            self._known[person] = self.crowd.add(Agent(key, person, path=grid.path))
            if not people.actor_of(person).signed_in:
                self._move_in(person, grid, key)
        return self._known[person]

    def passer_by(self, key: str) -> Agent:
        """Somebody without an account, who follows by a secret link or not at all."""
        return Agent(f"visitor {key}", None, visitor=Actor(visitor=f"simulation {key}"[:64], synthetic=True))

    def _move_in(self, person: UUID, grid: Any, key: str) -> None:
        name = person_name(dice(self.city.code, key))
        staff.create_person(id=person, name=name, by=SYSTEM, synthetic=True, account=False)
        staff.form_household(
            place=grid.id, door=f"{key.rsplit(' ', 1)[1]}号院", members=[person], by=SYSTEM, synthetic=True
        )

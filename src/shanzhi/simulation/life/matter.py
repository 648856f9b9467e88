"""One case as the simulation follows it: what it is really about, who reported it, what was done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from shanzhi.simulation.city.crowd import Agent
from shanzhi.simulation.dice import dice


@dataclass(slots=True, eq=False)
class Goal:
    """Where a matter of the opening scene is to stand by `until`, and whether posts or units take it there ("" for either).

    `then_free`: once there, it lives on like any other.
    """

    state: str
    until: datetime
    via: str = ""
    then_free: bool = False
    post: UUID | None = None
    unit: UUID | None = None


@dataclass(slots=True, eq=False)
class Matter:
    """`key` is the same for the same seed. `truth`: the category that it really is; `row`: the case when last seen."""

    key: str
    id: UUID
    truth: str
    reporter: Agent | None = None
    row: Any = None
    astray: bool = False  # a mistake sent it to somebody whose matter it is not
    twin: UUID | None = None
    done: Counter[str] = field(default_factory=Counter)
    turns: int = 0
    goal: Goal | None = None
    picture: int = 0
    refused: int = 0
    asked: bool = False  # somebody's question waits for an answer, whatever the state says
    second: tuple[str, str] | None = None  # (category, words) of another matter that the same report holds
    up_to: int = 0  # a dispute that climbs at least to the rung of this stage
    finds: bool = False  # a round on which the first thing looked at is wrong
    deed: Any = None  # what is planned next, in a matter that has a story

    def dice(self, seed: str, what: str) -> Random:
        """A fresh generator for each turn, whatever was thrown before."""
        return dice(seed, self.key, self.turns, what)

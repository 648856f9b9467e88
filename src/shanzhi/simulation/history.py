"""Days that have passed: lived through without waiting, every deed at its own moment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shanzhi.registers.places import queries as places

from .city.residents import Residents
from .city.streets import Streets
from .life.clocks import Clocks
from .life.guard import Guard
from .life.nights import Nights
from .life.orders import Orders
from .life.reports import Reports
from .life.world import World
from .photos import Pool

LOOK = 2.0  # seconds of real time


@dataclass(slots=True)
class Played:
    """`tally`: what happened how often; `refusals`: what commands refused, in words."""

    reports: int = 0
    tally: Counter[str] = field(default_factory=Counter)
    refusals: list[str] = field(default_factory=list)
    log: list[tuple[datetime, str, str, str]] = field(default_factory=list)


def city_of(area: Any) -> Any:
    return places.ancestor(area, "city") or area


def play(
    area: Any, *, start: datetime, end: datetime, per_day: float, seed: str, part: int = 0, parts: int = 1,
    logged: bool = False, seeds: int = 8,
) -> Played:  # fmt: skip
    """`per_day` reports in the whole area; of these, those of one `part` of its communities happen here."""
    world = World(seed=seed, now=start, pool=Pool(seeds=seeds), guard=Guard(every=LOOK))
    world.log = [] if logged else None
    streets = Streets(area, part=part, parts=parts)
    residents = Residents(city_of(area), world.crowd)
    reports = Reports(world, streets, residents, per_day / parts)
    reports.begin(until=end)
    Orders(world, streets).begin(until=end)
    Nights(world, streets, residents).begin(until=end)
    Clocks(world).begin(until=end)
    world.run(end)
    return Played(reports.made, world.tally, world.refusals, world.log or [])


def days_before(end: datetime, days: float) -> datetime:
    return end - timedelta(days=days)

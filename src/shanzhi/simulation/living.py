"""Life in real time: what happens is recorded when it happens; speed says how fast the synthetic people are."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import close_old_connections
from django.utils import timezone

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import SYSTEM

from . import queries
from .city.residents import Residents
from .city.streets import Streets
from .dice import dice
from .history import city_of
from .life.matter import Matter
from .life.nights import Nights
from .life.reports import Reports
from .life.world import World
from .presence import played_by_guests

LOOK = 2.0  # seconds between looks at the panel
CATCH_UP = 30.0  # seconds between looks for what people who signed in have done meanwhile
PATIENCE = timedelta(minutes=25)  # how long those whom a visitor may play leave their work to the visitor
FORGET = 900.0


class Living(World):
    """A world whose deeds happen now; only the pauses between them are as long as in the play."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.guests: set[UUID] = set()  # as whom somebody is signed in

    def moment(self) -> AbstractContextManager[None]:
        return nullcontext()

    def there(self, agent: Any) -> bool:
        """Colleagues of a guest go on; nobody takes the guest's own work."""
        return not self.played(agent) and super().there(agent)

    def played(self, agent: Any) -> bool:
        return agent.person in self.guests

    def when(self, matter: Matter, agent: Any) -> datetime:
        at = super().when(matter, agent)
        if self.played(agent):  # nobody else could do it: a guest's patience is real time, however fast life goes
            return max(at, self.now + PATIENCE * self.speed)
        return max(at, self.now + PATIENCE) if agent.played else at

    def wake(self, matter: Matter, agent: Any) -> None:
        if self.played(agent) and self.theirs(matter):
            self.plan(matter)  # a colleague does it, or it goes on waiting for the guest
            return
        super().wake(matter, agent)

    def look_around(self, speed: int) -> None:
        self.speed, self.guests = speed, played_by_guests()


def live(area: Any, *, per_day: float, seed: str, stop: Callable[[], bool] = lambda: False) -> Living:
    """Until `stop` says so. A paused city costs one small query every two seconds."""
    start = timezone.now()
    world = Living(seed=f"{seed} live {start:%Y%m%d%H%M}", now=start)
    world.look_around(queries.state().speed)
    residents = Residents(city_of(area), world.crowd)
    streets = Streets(area)
    reports = Reports(world, streets, residents, per_day)
    take_over(world, area)
    reports.begin()
    nights = Nights(world, streets, residents)
    nights.take_over(area)
    nights.begin()
    state, looked, caught, forgot = queries.state(), time.monotonic(), time.monotonic(), time.monotonic()
    last = time.monotonic()
    while not stop():
        clock = time.monotonic()
        if not state.paused:
            world.run(world.now + timedelta(seconds=(clock - last) * state.speed))
        last = clock
        if clock - looked > LOOK:
            close_old_connections()
            state, looked = queries.state(), clock
            world.look_around(state.speed)
        if clock - caught > CATCH_UP and not state.paused:
            take_over(world, area)
            caught = clock
        if clock - forgot > FORGET:
            world.crowd.forget()
            forgot = clock
        time.sleep(_pause(world, state))
    return world


def _pause(world: World, state: queries.Standing) -> float:
    if state.paused:
        return LOOK
    coming = world.next()
    left = (coming - world.now).total_seconds() / state.speed if coming else LOOK
    return min(max(left, 0.05), 1.0)


def take_over(world: World, area: Any) -> int:
    """Follow the open matters of synthetic people that nobody follows yet, as a visitor's under a synthetic name."""
    found = _open(area)
    taken = 0
    real = casework.with_real_people([one.id for one in found])
    for row in found:
        if row.id in real or row.id in world.matters or world.left.get(row.id) == row.touched:
            continue
        by = dice(row.number)
        matter = Matter(row.number, row.id, row.category or _guess(row), picture=by.randrange(1000))
        world.deciding.look(matter, SYSTEM)
        if matter.row is None:
            continue
        reporters = matter.row.reporters
        matter.reporter = world.crowd.person(reporters[0]) if reporters else None
        matter.turns = matter.row.touched
        world.follow(matter)
        taken += 1
    return taken


def _open(area: Any) -> Iterable[Any]:
    cases = casework.visible_cases(SYSTEM).filter(synthetic=True, closed_at=None, place__path__startswith=area.path)
    return list(cases.order_by("opened_at", "id"))


def _guess(row: Any) -> str:
    """What a report without category is about: the likeliest by its words."""
    catalogue = casework.catalogue_of(row.version_id)
    if catalogue is None:
        return ""
    found = casework.suggest(catalogue, row.words)
    return found[0].category.key if found else catalogue.items[0].key

"""「我为大家巡一夜」: a secretary calls, neighbours sign up, some step back, most come, and the leader closes the list.

Only where the city's text has rounds. A night on whose list anybody else stands is left to people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from shanzhi.foundation.base import moment
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.foundation.calendar.clock import SHANGHAI
from shanzhi.programmes.patrol import queries as patrols
from shanzhi.programmes.patrol import services as patrol
from shanzhi.registers.people import queries as people
from shanzhi.simulation.city.crowd import Agent
from shanzhi.simulation.city.residents import HOMES, Residents
from shanzhi.simulation.city.streets import Streets
from shanzhi.simulation.dice import dice

from .orders import ground
from .world import World

EVERY_DAYS = 9.0
CALLER = "community-secretary"
BEGINS, LASTS = time(20, 0), timedelta(hours=3)
STEPS_BACK, COMES, FEWEST = 0.1, 0.85, 4


@dataclass(slots=True, eq=False)
class Night:
    id: UUID
    key: str
    leader: Agent
    starts: datetime
    ends: datetime
    listed: dict[UUID, Agent] = field(default_factory=dict)


class Nights:
    def __init__(self, world: World, streets: Streets, residents: Residents) -> None:
        self.world, self.streets, self.residents = world, streets, residents

    def begin(self, until: datetime | None = None) -> None:
        for community in ground(self.streets):
            self._next(community, 0, until)

    def once(self, community: Any, number: int, at: datetime) -> None:
        """One night, called for at that moment."""
        by = dice(self.world.seed, community.code, "once", number)
        self.world.at(at, lambda: self._safely(lambda: self._call(community, number, by)))

    def take_over(self, area: Any) -> int:
        """Nights called before this process began go on to their end: those led by somebody made up, with none but the
        simulation's own residents on the list, who have no accounts; whoever has one may be a guest's.
        """
        found = [self._known(call) for call in patrols.unclosed(area.path) if call.synthetic]
        nights = [night for night in found if night is not None]
        for night in nights:
            self._at(night, night.starts + timedelta(minutes=10), lambda night=night: self._start(night))
        return len(nights)

    def _known(self, call: Any) -> Night | None:
        leader = self.world.crowd.holder(call.leader_id)
        if leader is None:
            return None
        night = Night(call.id, f"night {call.place.code} {call.id}", leader, call.starts, call.ends)
        for one in patrols.volunteers(call, self.world.crowd.actor(leader)):
            if one.person is None or people.account_of(one.person) is not None:
                continue
            agent = self.world.crowd.person(one.person)
            if agent is not None:
                night.listed[one.person] = agent
        return night

    def _next(self, community: Any, number: int, until: datetime | None) -> None:
        by = dice(self.world.seed, community.code, "night", number)
        day = self.world.now + timedelta(days=by.expovariate(1 / EVERY_DAYS))
        at = datetime.combine(day.astimezone(SHANGHAI).date(), time(10), SHANGHAI) + timedelta(hours=by.uniform(0, 6))
        if at <= self.world.now:
            at += timedelta(days=1)
        if until is None or at <= until:
            self.world.at(at, lambda: self._happen(community, number, until, by))

    def _happen(self, community: Any, number: int, until: datetime | None, by: Random) -> None:
        self._next(community, number + 1, until)
        self._safely(lambda: self._call(community, number, by))

    def _call(self, community: Any, number: int, by: Random) -> None:
        leader = next(iter(self.world.crowd.holders(CALLER, community.path)), None)
        if leader is None:
            return
        now = moment.now()
        starts = datetime.combine(now.astimezone(SHANGHAI).date() + timedelta(days=1), BEGINS, SHANGHAI)
        grid = self.streets.grid(community, by)
        actor = self.world.crowd.actor(leader)
        post = next(post.id for post in actor.posts_as(CALLER) if community.path.startswith(post.place_path))
        night = Night(new_id(), f"night {community.code} {number}", leader, starts, starts + LASTS)
        patrol.call(
            id=night.id, place=community.id, starts=starts, ends=starts + LASTS, leader=post, by=actor,
            meeting=f"{grid.landmark or community.name}门口"[-60:], words="带好手电，穿反光背心，走两圈。",
        )  # fmt: skip
        self.world.tally["night called"] += 1
        for volunteer in range(by.randint(3, 14)):
            self._soon(by.uniform(0.3, 20), lambda number=volunteer: self._sign_up(night, community, number))
        self._at(night, starts + timedelta(minutes=10), lambda: self._start(night))

    def _sign_up(self, night: Night, community: Any, number: int) -> None:
        by = dice(self.world.seed, night.key, "volunteer", number)
        agent = self.residents.numbered(self.streets.grid(community, by), number % HOMES)
        if agent.person is None or agent.person in night.listed:
            return
        patrol.sign_up(call=night.id, by=self.world.crowd.actor(agent))
        night.listed[agent.person] = agent
        self.world.tally["night signed up"] += 1
        if by.random() < STEPS_BACK:
            self._soon(by.uniform(0.5, 3), lambda: self._step_back(night, agent))

    def _step_back(self, night: Night, agent: Agent) -> None:
        if agent.person in night.listed and moment.now() < night.starts:
            patrol.withdraw(call=night.id, by=self.world.crowd.actor(agent))
            night.listed.pop(agent.person)

    def _start(self, night: Night) -> None:
        """Those who came are ticked off; with too few the night is called off."""
        actor = self.world.crowd.actor(night.leader)
        if moment.now() > night.ends or self.world.played(night.leader):
            self._at(night, night.ends, lambda: self._end(night))
            return
        if not self._ours(night):
            self.world.tally["night left alone"] += 1
            return
        if len(night.listed) < FEWEST:
            patrol.close(call=night.id, held=False, by=actor)
            self.world.tally["night called off"] += 1
            return
        for person, agent in night.listed.items():
            if dice(self.world.seed, night.key, agent.key, "comes").random() < COMES:
                patrol.check_in(call=night.id, person=person, by=actor)
        self._at(night, night.ends, lambda: self._end(night))

    def _end(self, night: Night) -> None:
        if self.world.played(night.leader):
            self._soon(1, lambda: self._end(night))
            return
        if not self._ours(night):
            self.world.tally["night left alone"] += 1
            return
        held = any(one.came_at for one in self._list(night))
        patrol.close(call=night.id, held=held, by=self.world.crowd.actor(night.leader))
        self.world.tally["night held" if held else "night called off"] += 1

    def _ours(self, night: Night) -> bool:
        return {one.person for one in self._list(night)} <= night.listed.keys()

    def _list(self, night: Night) -> list[Any]:
        actor = self.world.crowd.actor(night.leader)
        return patrols.volunteers(patrols.access_call(night.id, by=actor), actor)

    def _soon(self, hours: float, do: Any) -> None:
        self.world.at(self.world.now + timedelta(hours=hours), lambda: self._safely(do))

    def _at(self, night: Night, when: datetime, do: Any) -> None:
        """At that time by the clock that commands go by: in a city that lives faster than life that is later than it seems."""
        with self.world.moment():
            left = when - moment.now()
        if left > timedelta():
            self.world.at(self.world.now + left * self.world.speed, lambda: self._at(night, when, do))
        else:
            self._safely(do)

    def _safely(self, do: Any) -> None:
        with self.world.moment():
            try:
                do()
            except Refusal as error:
                self.world.tally["refused"] += 1
                self.world.refusals.append(f"night: {error.code} {error.message}")

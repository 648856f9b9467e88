"""The play itself: who comes next, when, and what they do. A heap of moments; between them nothing runs."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import pretend
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.simulation.city.crowd import Agent, Crowd
from shanzhi.simulation.dice import skewed, weighted
from shanzhi.simulation.photos import Pool

from . import hours
from .deciding import Deciding
from .guard import Guard
from .habits import DECIDES, relation_weights
from .matter import Matter
from .path import leads, steps_left
from .people_of import standing_so
from .stories import STORIES, Story

TRIES = 4  # refusals before a matter is left alone
LATE = 0.34  # the median share of a limit that is used up before somebody acts


class World:
    """`begin` is the first moment; `run` lives until another. Refusals and deeds are counted in `tally`."""

    def __init__(self, *, seed: str, now: datetime, pool: Pool | None = None, guard: Guard | None = None) -> None:
        self.seed, self.now, self.guard = seed, now, guard or Guard()
        self.crowd = Crowd()
        self.deciding = Deciding(seed, self.crowd, pool or Pool())
        self.matters: dict[UUID, Matter] = {}
        self.begun: set[UUID] = set()  # whatever was followed here and has not ended, given up or not
        self.tally: Counter[str] = Counter()
        self.left: dict[UUID, int] = {}  # how often a matter that was given up had been touched by then
        self.log: list[tuple[datetime, str, str, str]] | None = None  # tests compare two runs
        self.refusals: list[str] = []
        self.speed = 1  # how many hours pass here in an hour of commands
        self._heap: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = itertools.count()

    def at(self, moment: datetime, do: Callable[[], None]) -> None:
        heapq.heappush(self._heap, (max(moment, self.now), next(self._order), do))

    def next(self) -> datetime | None:
        return self._heap[0][0] if self._heap else None

    def run(self, until: datetime) -> None:
        while self._heap and self._heap[0][0] <= until:
            self.step()
        self.now = max(self.now, until)

    def step(self) -> None:
        moment, _order, do = heapq.heappop(self._heap)
        self.now = moment
        do()

    def moment(self) -> AbstractContextManager[None]:
        """What time it is for commands: in a play of the past, the play's."""
        return pretend(self.now)

    def follow(self, matter: Matter) -> None:
        """Take a matter on: somebody will look at it in due time."""
        self.matters[matter.id] = matter
        self.begun.add(matter.id)
        self.plan(matter)

    def plan(self, matter: Matter) -> None:
        """Who looks at the case next, and when."""
        row = matter.row
        procedure = casework.procedure_of(row)
        actions = procedure.from_state(row.state)
        if matter.goal is not None and matter.goal.then_free and row.state == matter.goal.state:
            matter.goal = None
        if matter.goal is not None:
            actions = {name: one for name, one in actions.items() if leads(procedure, row.state, name, matter.goal)}
        if row.final and matter.goal is None:
            self._afterwards(matter)
            return
        story = STORIES.get(procedure.layout) if matter.goal is None else None
        if story is not None:
            self._go_on(matter, story)
            return
        agent = self._next(matter, actions) if actions else None
        if agent is None:
            self._leave(matter)
            return
        self.at(self.when(matter, agent), lambda: self.wake(matter, agent))

    def _go_on(self, matter: Matter, story: Story) -> None:
        self.deciding.look(matter, SYSTEM)  # with what the last deed changed beside the case
        if matter.row is None or matter.row.final:
            self.matters.pop(matter.id, None)
            return
        deed = story(matter, casework.procedure_of(matter.row), self.seed)
        by = matter.dice(self.seed, f"who {matter.refused}")
        agent = standing_so(self.crowd, deed.relation, matter, by, self.there) if deed else None
        if deed is None or agent is None or (deed.today and not self.there(agent)):
            self.tally["left undone"] += 1
            self._leave(matter)
            return
        matter.deed = deed
        at = self.now + timedelta(hours=by.uniform(*deed.within)) if deed.within else self.when(matter, agent)
        self.at(at, lambda: self.wake(matter, agent))

    def _leave(self, matter: Matter) -> None:
        self.matters.pop(matter.id, None)
        self.left[matter.id] = matter.row.touched if matter.row else -1

    def _next(self, matter: Matter, actions: dict[str, Any]) -> Agent | None:
        by = matter.dice(self.seed, f"who {matter.refused}")
        if matter.asked:
            actions = {name: one for name, one in actions.items() if one.effect in DECIDES} or actions
        weights = relation_weights(actions.values(), "" if matter.goal or matter.asked else matter.row.waits_for)
        if matter.goal and not weights:
            weights = {"reporter": 1.0}
        while weights:
            relation = weighted(by, weights)
            agent = standing_so(self.crowd, relation, matter, by, self.there)
            if agent is not None:
                return agent
            del weights[relation]
        return None

    def there(self, agent: Agent) -> bool:
        """Is the agent at work today?"""
        return hours.present(self.seed, agent, self.now)

    def played(self, agent: Agent) -> bool:
        """Is somebody signed in as this one just now?"""
        return False

    def when(self, matter: Matter, agent: Agent) -> datetime:
        row, by = matter.row, matter.dice(self.seed, f"when {matter.refused}")
        if matter.goal is not None:
            left_to_do = steps_left(casework.procedure_of(row), matter.goal)[row.state]
            return self.now + (matter.goal.until - self.now) / left_to_do
        left = row.due_at - row.changed_at if row.due_at else timedelta(days=2)
        at = self.now + left * skewed(by, LATE * (0.5 if row.waits_for == "handler" else 1))
        urgent = left < timedelta(hours=3)
        return at if urgent else hours.at_work(at, by)

    def _afterwards(self, matter: Matter) -> None:
        """Whoever reported is told that it is over; some say what they think of it, hours or days later."""
        by = matter.dice(self.seed, "afterwards")
        self.matters.pop(matter.id, None)
        self.begun.discard(matter.id)
        if matter.reporter is None or matter.reporter.visitor or matter.turns > 40 or by.random() > 0.6:
            return
        agent = matter.reporter
        at = hours.at_work(self.now + timedelta(hours=skewed(by, 9, 1.0)), by)
        self.at(at, lambda: self.wake(matter, agent))

    def wake(self, matter: Matter, agent: Agent) -> None:
        if matter.goal is None and agent.busy_until is not None and agent.busy_until > self.now:
            self.at(agent.busy_until, lambda: self.wake(matter, agent))
            return
        if not self.theirs(matter):
            self.matters.pop(matter.id, None)
            self.tally["left alone"] += 1
            return
        final, turns = bool(matter.row.final), matter.turns
        with self.moment():
            try:
                done = self._do(matter, agent)
            except Refusal as error:
                self._refused(matter, agent, error)
                return
        matter.turns += 1
        if done:
            matter.refused = 0
            self.tally["acted"] += 1
            self.tally[f"state {matter.row.state}"] += 1
            if matter.second is not None and matter.row.waits_for == "parts":
                self._follow_parts(matter)
            minutes = matter.dice(self.seed, "work").uniform(1, 4)
            if agent.role:
                agent.busy_until = self.now + timedelta(minutes=minutes)
            if self.log is not None:
                self.log.append((self.now, matter.key, agent.key, done))
        else:
            matter.refused += 1
        if final and matter.row.final:
            return  # the last word has been said
        if matter.refused > TRIES or turns > 60:
            self._give_up(matter)
            return
        self.follow(matter)

    def _follow_parts(self, matter: Matter) -> None:
        """Each part of a divided report lives on as a matter of its own."""
        matter.second = None
        self.tally["divided"] += 1
        parts = [one for how, one in casework.related(matter.row, SYSTEM) if how == "child"]
        rows = casework.access_cases([one.id for one in parts], by=SYSTEM)
        for number, row in enumerate(sorted(rows, key=lambda one: one.words)):
            self.follow(
                Matter(
                    f"{matter.key} part {number}",
                    row.id,
                    row.category,
                    matter.reporter,
                    row,
                    picture=matter.picture + number,
                )
            )

    def _do(self, matter: Matter, agent: Agent) -> str:
        deed, matter.deed = matter.deed, None
        if deed is None:
            return self.deciding.act(matter, agent)
        if deed.do is None:
            return self.deciding.carry_on(matter, agent, deed)
        deed.do(self, matter, self.crowd.actor(agent))
        self.deciding.look(matter, SYSTEM)
        return str(deed.action)

    def _refused(self, matter: Matter, agent: Agent, error: Refusal) -> None:
        self.tally["refused"] += 1
        self.refusals.append(f"{agent} {matter.row.state}: {error.code} {error.message}")
        matter.refused += 1
        matter.turns += 1
        self.deciding.look(matter, None)
        if matter.refused > TRIES or matter.row is None:
            self._give_up(matter)
            return
        self.follow(matter)

    def _give_up(self, matter: Matter) -> None:
        self._leave(matter)
        self.tally["given up"] += 1

    def theirs(self, matter: Matter) -> bool:
        """Is it still only synthetic people's? Whatever a real person has touched is left to real people."""
        return self.guard.ours(matter.id, self.matters)

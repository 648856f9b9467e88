"""Where matters come from: residents who see something near home, workers on their round, callers at the desk."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.programmes.reporting import services as reporting
from shanzhi.simulation.city.crowd import Agent
from shanzhi.simulation.city.residents import Residents
from shanzhi.simulation.city.streets import Streets, town
from shanzhi.simulation.dice import dice, one_of, weighted
from shanzhi.simulation.photos import SCENES
from shanzhi.simulation.words import report_words

from . import hours
from .forms import BESIDES
from .matter import Goal, Matter
from .world import World

# How often what is reported; what is not named here (another playbook's) counts 1.
OFTEN = {
    "rubbish": 13, "street-light": 11, "road-damage": 10, "manhole-cover": 8, "traffic-disorder": 9, "water-leak": 7, "night-noise": 6,
    "property-management": 6, "certificate-help": 6, "fire-passage": 5, "neighbour-dispute": 5, "illegal-building": 3, "water-pollution": 3,
    "elder-care": 3, "consumer-dispute": 3, "fallen-tree": 3, "farm-help": 3, "medical-insurance": 3, "wage-arrears": 2, "safety-hazard": 2,
}  # fmt: skip
SOURCES = {"resident": 76.0, "passer-by": 8.0, "worker": 13.0, "desk": 3.0}
WITH_CATEGORY, WITH_PHOTO, ME_TOO, TWIN, TWO_IN_ONE = 0.7, 0.85, 0.06, 0.04, 0.03
TOWN = 2.0  # a residents' committee has so many more reports than a village


class Reports:
    """`per_day`: reports of the whole area in a day."""

    def __init__(self, world: World, streets: Streets, residents: Residents, per_day: float) -> None:
        self.world, self.streets, self.residents = world, streets, residents
        share = {one.id: TOWN if town(one) else 1.0 for one in streets.communities}
        self.rates = {id: per_day * part / sum(share.values()) for id, part in share.items()}
        self.made = 0
        self._recent: dict[UUID, list[Matter]] = {}

    def begin(self, until: datetime | None = None) -> None:
        for community in self.streets.communities:
            self._next(community, 0, until)

    def _next(self, community: Any, number: int, until: datetime | None) -> None:
        by = dice(self.world.seed, community.code, number)
        at = hours.next_report(self.world.now, self.rates[community.id], by)
        if until is None or at <= until:
            self.world.at(at, lambda: self._happen(community, number, until, by))

    def _happen(self, community: Any, number: int, until: datetime | None, by: Random) -> None:
        self._next(community, number + 1, until)
        around = self._recent.setdefault(community.id, [])
        around[:] = [one for one in around if one.id in self.world.matters][-20:]
        with self.world.moment():
            try:
                if around and by.random() < ME_TOO:
                    self._me_too(community, around, by)
                else:
                    matter = self.report(f"{community.code} {number}", self.streets.grid(community, by), by, around)
                    around.append(matter)
            except Refusal as error:
                self.world.tally["refused"] += 1
                self.world.refusals.append(f"report: {error.code} {error.message}")

    def _me_too(self, community: Any, around: list[Matter], by: Random) -> None:
        matter = one_of(by, around)
        agent = self.residents.of(self.streets.grid(community, by), by)
        if not self.world.theirs(matter) or matter.row.subject_unit_id or agent is matter.reporter:
            return
        reporting.me_too(case=matter.id, by=self.world.crowd.actor(agent))
        self.world.tally["me too"] += 1

    def report(
        self, key: str, grid: Any, by: Random, around: list[Matter] | None = None, *, category: str = "", source: str = "",
        reporter: Agent | None = None, goal: Goal | None = None,
    ) -> Matter:  # fmt: skip
        """Somebody reports something in the grid now. What is not given is thrown."""
        catalogue = casework.text_at(grid).document("categories")
        twin = one_of(by, around) if around and not category and by.random() < TWIN else None
        truth = (
            twin.truth
            if twin
            else category or weighted(by, {one.key: OFTEN.get(one.key, 1) for one in catalogue.items})
        )
        source = source or weighted(by, SOURCES)
        agent = reporter or self._reporter(source, grid, key, by)
        if agent is None:
            source, agent = "resident", self.residents.of(grid, by)
        actor = self.world.crowd.actor(agent)
        words, spot = report_words(catalogue.item(truth), grid, by)
        second = self._second(key, source, truth, catalogue, grid) if not (twin or category) else None
        words = f"{words.rstrip('。！')}{BESIDES}{second[1]}" if second else words
        lon, lat = (twin.row.lon, twin.row.lat) if twin and twin.row.lon else self.streets.point(grid, by)
        picture = by.randrange(1000)
        files = []
        if truth in SCENES and source != "desk" and by.random() < WITH_PHOTO:
            files = [self.world.deciding.pool.take(truth, picture, actor)]
        chosen = truth if source in ("worker", "desk") or category or by.random() < WITH_CATEGORY else None
        identity = new_id()
        done = reporting.report(
            id=identity, by=actor, words=words, category=chosen, place=twin.row.place_id if twin else grid.id, spot=spot,
            position=reporting.Position(lon, lat), files=files, source="resident" if source == "passer-by" else source,
        )  # fmt: skip
        matter = Matter(key, identity, truth, agent, done.case, picture=picture, twin=twin.id if twin else None)
        matter.goal, matter.second = goal, second
        if source == "desk":
            matter.reporter = None  # the caller, who is not seen again
        self.made += 1
        self.world.tally["reported"] += 1
        if self.world.log is not None:
            self.world.log.append((self.world.now, key, agent.key, f"{source} {truth} {words}"))
        self.world.follow(matter)
        return matter

    def _second(self, key: str, source: str, truth: str, catalogue: Any, grid: Any) -> tuple[str, str] | None:
        """Few reports hold another matter too; what is thrown here shifts nothing else."""
        by = dice(self.world.seed, key, "second")
        others = [one for one in catalogue.items if one.key in OFTEN and not one.procedure and one.key != truth]
        item = catalogue.item(truth)
        if source == "worker" or not others or (item and item.procedure) or by.random() >= TWO_IN_ONE:
            return None
        other = one_of(by, others)
        return other.key, report_words(other, grid, by)[0].rstrip("。！")

    def _reporter(self, source: str, grid: Any, key: str, by: Random) -> Agent | None:
        if source == "passer-by":
            return self.residents.passer_by(key)
        if source == "worker":
            return next(iter(self.world.crowd.holders("grid-worker", grid.path)), None)
        if source == "desk":
            return next(iter(self.world.crowd.holders("dispatcher", grid.path)), None)
        return self.residents.of(grid, by)

"""The rounds of days that have passed: the schedule makes the orders each morning, as the job does on living days."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.foundation.calendar.clock import SHANGHAI
from shanzhi.programmes.patrol import queries as patrols
from shanzhi.programmes.patrol import services as patrol
from shanzhi.simulation.city.streets import Streets

from .matter import Matter
from .world import World

HOUR = time(5)
COMMUNITIES = 6  # of one process: each grid has a round a day, and a made-up past should not take all morning


def has_rounds(place: Any) -> bool:
    """Does the text that holds there have inspections?"""
    try:
        return casework.text_at(place).document("inspections") is not None
    except Refusal:
        return False


class Orders:
    def __init__(self, world: World, streets: Streets) -> None:
        self.world = world
        self.ground = [one for one in streets.communities if has_rounds(one)][:COMMUNITIES]

    def begin(self, until: datetime) -> None:
        day = self.world.now.astimezone(SHANGHAI).date()
        last = until.astimezone(SHANGHAI).date()
        while self.ground and day <= last:
            at = datetime.combine(day, HOUR, SHANGHAI)
            if self.world.now <= at <= until:
                self.world.at(at, self._morning)
            day += timedelta(days=1)

    def _morning(self) -> None:
        with self.world.moment():
            today = self.world.now.astimezone(SHANGHAI).date()
            for community in self.ground:
                patrol.generate(today, place_path=community.path, by=SYSTEM)
                for one in patrols.orders_of(SYSTEM, today, place_path=community.path):
                    order = one.order
                    key = f"round {order.place.code} {order.standard} {today}"
                    self.world.tally["round ordered"] += 1
                    if order.case.synthetic:
                        self.world.follow(Matter(key, order.case_id, "", row=order.case))

"""The rounds of days that have passed: the schedule makes the orders each morning, as the job does on living days."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

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


def ground(streets: Streets) -> list[Any]:
    """Where rounds are walked and nights are held: of the communities whose text has them, those with most grids."""
    found = [one for one in streets.communities if has_rounds(one)]
    return sorted(found, key=lambda one: (-len(streets.grids(one)), one.code))[:COMMUNITIES]


def morning_of(moment: datetime) -> datetime:
    return datetime.combine(moment.astimezone(SHANGHAI).date(), HOUR, SHANGHAI)


def order_rounds(world: World, community: Any, but: UUID | None = None, finds: bool = False) -> None:
    """The schedule makes a community's orders for this day; made-up people follow theirs, all but those of one post.

    `finds`: on the first of them something is wrong.
    """
    with world.moment():
        today = world.now.astimezone(SHANGHAI).date()
        if not patrol.generate(today, place_path=community.path, by=SYSTEM).opened:
            return  # made before: somebody walks them already
        for one in patrols.orders_of(SYSTEM, today, place_path=community.path):
            order = one.order
            key = f"round {order.place.code} {order.standard} {today}"
            world.tally["round ordered"] += 1
            if order.case.synthetic and (but is None or order.case.post_id != but):
                world.follow(Matter(key, order.case_id, "", row=order.case, finds=finds))
                finds = False


class Orders:
    def __init__(self, world: World, streets: Streets) -> None:
        self.world = world
        self.ground = ground(streets)

    def begin(self, until: datetime) -> None:
        at = morning_of(self.world.now)
        while self.ground and at <= until:
            if at >= self.world.now:
                self.world.at(at, self._morning)
            at += timedelta(days=1)

    def _morning(self) -> None:
        for community in self.ground:
            order_rounds(self.world, community)

"""Fixtures for cases that several units work on: Dalate's text, in which the township whistles for them.

In a conftest or a test: `from whistles import *`. Needs `photo` (cases.py) and `banner` (disputes.py).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from disputes import banner
from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.models import Hand
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.ids import new_id

__all__ = ["HOUSING", "TRANSPORT", "WILLOW", "Whistle", "banner", "clock", "both", "whistle"]

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 3, 9, 30, tzinfo=SHANGHAI)
HOUSING, WILLOW, TRANSPORT = "county-housing", "willow", "city-transport"


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


class Whistle:
    """A case on which the township's officer 那顺 has called several units."""

    def __init__(self, cast: Any, photo: Any) -> None:
        self.cast, self.photo, self.case = cast, photo, None

    def open(self, by: str = "王秀英", **more: Any) -> Whistle:
        wanted = {
            "id": new_id(), "procedure": "six-step", "place": self.cast.city.willow_1.id, "words": "路塌了", "by": self.cast.actor(by),
            "category": "road-damage",
        }  # fmt: skip
        self.case = services.open_case(**(wanted | more)).case
        return self

    def ids(self, *units: str) -> list[str]:
        return [str(self.cast.units[one].id) for one in units]

    def call(self, *units: str, who: str = "那顺", action: str = "whistle", **more: Any) -> Whistle:
        fields = {"units": self.ids(*units), "note": "到塌陷处报到"} | (
            {"category": "road-damage"} if action == "whistle" else {}
        )
        self.case = services.act(case=self.case.id, action=action, by=self.cast.actor(who), fields=fields | more)
        return self

    def hand(self, unit: str) -> Hand:
        return Hand.objects.filter(case=self.case, unit=self.cast.units[unit]).latest("given_at")

    def do(self, action: str, who: str, unit: str | None = None, photos: str = "", **fields: Any) -> Any:
        by = self.cast.actor(who)
        files = [services.Attached(self.photo(by), moment) for moment in photos.split()]
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        hand = self.hand(unit).id if unit else None
        self.case = services.act(case=self.case.id, action=action, by=by, fields=named, files=files, hand=hand)
        return self.case

    def finish(self, who: str, unit: str, checker: str = "哈斯") -> None:
        self.do("reporting-in", who, unit)
        self.do("joint-completion", who, unit, "after", result="好了")
        self.do("joint-confirmation", checker, unit)

    def now(self, who: str = "") -> Any:
        return queries.access_case(self.case.id, by=self.cast.actor(who) if who else SYSTEM)


@pytest.fixture
def whistle(clock, banner, photo) -> Whistle:  # noqa: F811
    return Whistle(banner, photo).open()


@pytest.fixture
def both(whistle) -> Whistle:
    """Two units are called, and both have taken up their part."""
    whistle.call(HOUSING, WILLOW)
    whistle.do("reporting-in", "孟和", HOUSING)
    whistle.do("reporting-in", "张伟", WILLOW)
    return whistle

"""清河市 with Yuxi's text, a clock to turn, and people at their browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache as remember
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from PIL import Image, ImageChops, ImageStat

from adopted import adopt
from cast import PASSWORD, RESIDENTS, STAFF
from cast_places import middle
from shanzhi.foundation.journal import services
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.simulation.pictures import draw

from .person import Person

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 3, 9, 30, tzinfo=SHANGHAI)


@remember
def cover(mended: bool, seed: int = 7) -> bytes:
    return draw("manhole", seed=seed, mended=mended)


def likeness(picture: bytes, mended: bool) -> float:
    """Mean difference, 0 to 255, between a picture shown and the cover photographed."""
    shown = Image.open(BytesIO(picture)).convert("RGB").resize((64, 64))
    taken = Image.open(BytesIO(cover(mended))).convert("RGB").resize((64, 64))
    return sum(ImageStat.Stat(ImageChops.difference(shown, taken)).mean) / 3


@dataclass
class Story:
    """What the steps of one scenario hand on."""

    cast: object
    clock: time_machine.Traveller
    people: dict[str, Person] = field(default_factory=dict)
    number: str = ""
    link: str = ""
    began: datetime = MORNING

    def at(self, name: str) -> Person:
        """This person's browser, signed in with user name and password; "路人" has no account."""
        if name not in self.people:
            person = self.people[name] = Person(name)
            if name in (known := RESIDENTS | STAFF):
                person.open("/signin/password/")
                person.press("登录", login=known[name][0], password=PASSWORD)
        return self.people[name]

    def case_of(self, name: str):
        """The page of the case in that person's own door, by the one address that every notice carries."""
        return self.at(name).open(f"/case/{self.number}/")

    def wait(self, minutes: int) -> None:
        self.clock.shift(timedelta(minutes=minutes))

    def report(self, name: str, words: str, *, photo: bytes | None = None, **more: str) -> None:
        person = self.at(name)
        lon, lat = middle(self.cast.city.willow_1)  # type: ignore[attr-defined]
        person.open("/report/")
        form = person.page.form("发送")
        data = form.values | {"place_lon": [str(lon)], "place_lat": [str(lat)], "words": [words]}
        if photo:
            data["photos"] = [person.upload(form.uploads["photos"], photo, data)]
        data |= {key: [value] for key, value in more.items()}
        person.send(form, data)
        self.began = datetime.now(SHANGHAI)


@pytest.fixture(autouse=True)
def _city(settings) -> Iterator[None]:
    settings.SHANZHI_CITY = "清河"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _facts_have_their_command(db, monkeypatch) -> None:
    """A test's own transaction hides a fact that is written outside of any: outside of tests that is an error page."""
    insert, ours = services._insert, len(connection.atomic_blocks)

    def strict(*given: Any, **more: Any) -> Any:
        assert len(connection.atomic_blocks) > ours, "appended outside of journal.services.command"
        return insert(*given, **more)

    monkeypatch.setattr(services, "_insert", strict)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def story(clock, cast) -> Story:
    adopt("yuxi", place=cast.city.city)
    return Story(cast, clock)


@pytest.fixture
def pump() -> Callable[[], int]:
    """What the background process does all the time: hands facts to those who wait for them."""
    return run_once

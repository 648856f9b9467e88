"""A small city in which everyone is synthetic, with the Yuxi playbook."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from PIL import Image

from adopted import adopt
from cast_places import small_city
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.people import services as staff
from shanzhi.registers.places import queries as places
from shanzhi.simulation.founding import fill


@pytest.fixture(autouse=True)
def _small_pictures(monkeypatch) -> None:
    """Drawing takes a quarter second a picture; what is on it does not matter here."""

    def draw(scene: str, *, seed: int, mended: bool = False) -> bytes:
        out = BytesIO()
        Image.new("RGB", (64, 48), (len(scene) * 9 % 255, seed * 40 % 255, 90 * mended)).save(out, "JPEG")
        return out.getvalue()

    monkeypatch.setattr("shanzhi.simulation.photos.draw", draw)


@pytest.fixture
def people_city(db) -> SimpleNamespace:
    city = small_city()
    adopt("yuxi", place=city.city, since=today() - timedelta(days=700))
    version = playbook_of(places.chain(city.city))
    staff.establish_units(version, city.city.id, SYSTEM)
    fill(version, city.city, lambda _text: None)
    return city

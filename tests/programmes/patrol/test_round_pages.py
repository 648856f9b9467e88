"""Long lists of rounds, and what a finished round says of hazards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanzhi.doors.worker import heaps
from shanzhi.foundation.base.ids import new_id
from shanzhi.programmes.patrol import services
from shanzhi.programmes.patrol.models import Order

pytestmark = pytest.mark.django_db
ENGLISH: dict = {"headers": {"Accept-Language": "en"}}
ROUNDS = "/worker/rounds/"


@pytest.fixture
def day(guiyang, clock):
    services.generate()
    clock.shift(timedelta(hours=4))
    return date(2026, 11, 3)


def test_few_rounds_are_one_list_and_many_stand_by_community(guiyang, day, client_for, monkeypatch):
    client = client_for("吴刚")
    assert "<details" not in client.get(ROUNDS).text.split("<main")[1]
    monkeypatch.setattr(heaps, "FEW", 2)
    page = client.get(ROUNDS, **ENGLISH)
    due = page.context["due"]
    assert len(due.heaps) > 1
    assert sum(len(heap.rows) for heap in due.heaps) == due.n == len(Order.objects.filter(day=day))
    for heap in due.heaps:
        assert all(row["round"].order.place.path.startswith(heap.place.path) for row in heap.rows)
        assert f"{heap.name} <span" in page.text


def test_more_than_a_page_holds_is_led_to_by_township(guiyang, day, client_for, monkeypatch):
    monkeypatch.setattr(heaps, "MANY", 2)
    page = client_for("吴刚").get(ROUNDS).text
    street = guiyang.city.by_code["990101001"]
    assert f'href="?place={street.id}"' in page
    order = Order.objects.get(place=guiyang.city.willow_1)
    assert f"{ROUNDS}{order.id}/" not in page
    own = client_for("吴刚").get(f"{ROUNDS}?place={street.id}").text
    assert f"{ROUNDS}{order.id}/" in own
    assert str(Order.objects.exclude(place__path__startswith=street.path).first().id) not in own
    assert str(order.id) not in client_for("何敏").get(f"{ROUNDS}?place={street.id}").text, "no more than one may see"
    assert client_for("吴刚").get(f"{ROUNDS}?place=x").status_code == 200


def test_many_rounds_cost_as_many_statements_as_few(guiyang, day, client_for):
    def cost(who: str) -> int:
        client = client_for(who)
        client.get(ROUNDS)
        with CaptureQueriesContext(connection) as asked:
            client.get(ROUNDS)
        return len(asked)

    assert cost("吴刚") <= cost("张伟")


def test_what_is_finished_stands_apart_and_says_whether_there_were_hazards(guiyang, day, client_for, photo):
    order = Order.objects.get(place=guiyang.city.willow_1, day=day, standard="grid-daily")
    address, client = f"{ROUNDS}{order.id}/", client_for("张伟")
    client.post(f"{address}start", {"key": str(new_id())})
    for item in ("fire-passage", "wiring", "water", "surroundings"):
        assert "hazard was found" not in client.get(address, **ENGLISH).text
        client.post(f"{address}items/{item}", {"value": "fine"})
        assert ("under way" in client.get(ROUNDS, **ENGLISH).text) == (item != "surroundings")
    assert "No hazard was found." in client.get(address, **ENGLISH).text
    assert address in client.get(ROUNDS, **ENGLISH).text.split("Finished today")[1]
    found = {"value": "hazard", "note": "二栋一楼", "photos-wiring": str(photo(guiyang.actor("张伟")))}
    client.post(f"{address}items/wiring/correction", found)
    assert "1 hazard was found and passed on" in client.get(address, **ENGLISH).text
    client.post(f"{address}items/wiring/correction", {"value": "fine"})
    assert "what was passed on before is looked at" in client.get(address, **ENGLISH).text

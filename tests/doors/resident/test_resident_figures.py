"""Numbers that anyone may read: one to four are never said (boundary 10)."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from shanzhi.doors.resident.city import figures
from shanzhi.engines.casework import services as casework
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.programmes.reporting.models import Matter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def made(yuxi):
    def make(number, *, closed=True, **more):
        made, by, place = [], yuxi.actor("王秀英"), yuxi.city.willow_1
        for _n in range(number):
            wanted = {
                "procedure": "six-step",
                "place": place.id,
                "words": "坏了",
                "by": by,
                "category": "manhole-cover",
            }
            case = casework.open_case(id=new_id(), **(wanted | more)).case
            made.append(case.pk)
        run_once("report-tally")
        if closed:
            Matter.objects.filter(pk__in=made).update(stands="done", since=timezone.now())

    return make


def home() -> str:
    return Client(headers={"accept-language": "en"}).get("/").text


def test_few_are_not_counted_out(made, yuxi):
    made(3)
    made(2, closed=False)
    found = figures(yuxi.city.city)
    assert (found["closed"], found["open"], found["kinds"]) == (None, None, {})
    page = home()
    assert page.count("fewer than 5") == 2
    assert "Put right in the last 30 days" in page


def test_a_rare_kind_cannot_be_worked_out_from_the_total(made, yuxi):
    made(9)
    made(6, category="street-light")
    made(2, category="night-noise")
    found = figures(yuxi.city.city)
    assert found["closed"] == 17
    assert found["kinds"] == {"manhole-cover": 9}


def test_a_complaint_about_a_unit_is_no_small_rest_either(made, yuxi):
    made(9)
    made(1, subject_unit=yuxi.units["city-housing"].id)
    assert figures(yuxi.city.city)["kinds"] == {}


def test_nothing_done_is_said_as_nothing(made, yuxi):
    made(6, closed=False)
    assert figures(yuxi.city.city) == {"any": False, "closed": 0, "open": 6, "kinds": {}}
    assert "fewer than 5" not in home()

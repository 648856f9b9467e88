"""A line of the responsibility list that names a dissolved unit: the one that follows it gets the case, or the line is marked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import *  # noqa: F403 - fixtures
from shanzhi.engines.casework import queries
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.registers.people import queries as people
from shanzhi.registers.people import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def routed(yuxi, report):
    """What the list says of a new report of this kind."""

    def ask(category="road-damage"):
        return queries.route(queries.access_case(report(category=category).id, by=SYSTEM))

    return ask


def dissolve(yuxi, key: str, successor: str = "") -> None:
    heir = yuxi.units[successor].id if successor else None
    services.close_unit(unit=yuxi.units[key].id, successor=heir, by=SYSTEM)


def test_the_unit_that_was_named_to_follow_gets_it(yuxi, routed):
    before = routed()
    assert (before.unit.key, before.stale) == ("city-transport", None)
    dissolve(yuxi, "city-transport", "city-housing")
    after = routed()
    assert (after.unit.key, after.line, after.fallback) == ("city-housing", before.line, False)
    assert "dissolved" in after.why
    assert after.stale == before.line


def test_without_one_the_next_answers_and_says_that_the_line_is_stale(yuxi, routed):
    line = routed().line
    dissolve(yuxi, "city-transport")
    after = routed()
    assert after.stale == line
    assert f"Line {line} of the responsibility list named a unit that no longer exists" in after.why


def test_through_one_that_was_dissolved_since(yuxi, routed):
    dissolve(yuxi, "city-transport", "city-housing")
    dissolve(yuxi, "city-housing", "city-centre")
    assert routed().unit.key == "city-centre"
    gone = {one.unit.key: one.successor.key for one in people.gone_units()}
    assert gone == {"city-transport": "city-centre", "city-housing": "city-centre"}


def test_a_line_whose_unit_closes_later_still_counts(yuxi, routed):
    services.close_unit(unit=yuxi.units["city-transport"].id, on=timezone.localdate() + timedelta(days=9), by=SYSTEM)
    assert (routed().unit.key, routed().stale) == ("city-transport", None)


def test_never_to_the_unit_complained_about(yuxi, report):
    dissolve(yuxi, "city-transport", "city-housing")
    case = report(category="road-damage", subject_unit=yuxi.units["city-housing"].id)
    found = queries.route(queries.access_case(case.id, by=SYSTEM))
    assert found.unit is None or found.unit.key != "city-housing"


def test_a_trial_goes_the_same_way(yuxi, report):
    case = report(category="road-damage")
    dissolve(yuxi, "city-transport", "city-housing")
    last = {"since": timezone.now() - timedelta(days=30), "until": timezone.now() + timedelta(days=1)}
    line = {"category": "road-damage", "when": "photos < 50", "unit": "city-centre"}
    found = queries.try_line(line, by=yuxi.actor("陈静"), place=yuxi.city.city.id, **last)
    (change,) = found.would_change
    assert change.before.unit.key == "city-housing" == queries.route(queries.access_case(case.id, by=SYSTEM)).unit.key


def test_the_page_of_the_list_marks_the_line_and_the_case_says_why(yuxi, report, client_for):
    desk = client_for("陈静")

    def marked() -> dict[int, str]:
        page = desk.get(reverse("desk:lines"))
        return {
            one["n"]: one["stale"]
            for one in page.context["lines"]
            if one.get("stale") and "transport" in keys(one["n"])
        }

    def keys(number: int) -> str:
        return queries.text_at(yuxi.city.city).document("responsibility").lines[number - 1].unit or ""

    assert marked() == {}
    dissolve(yuxi, "city-transport")
    found = marked()
    assert found
    assert all("none was named to follow it" in text or "没有指定" in text for text in found.values())
    case = report(category="road-damage")
    page = desk.get(reverse("desk:case", args=[case.id])).text
    assert "已撤销" in page or "no longer exists" in page
    assert "needs repair" in desk.get(reverse("desk:lines")).text or "需要修订" in desk.get(reverse("desk:lines")).text

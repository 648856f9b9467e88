"""A draft line of the responsibility list, tried on past cases before it counts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shanzhi.engines.casework import queries
from shanzhi.foundation.base.refusals import Invalid

pytestmark = pytest.mark.django_db
LAST = {"since": timezone.now() - timedelta(days=30), "until": timezone.now() + timedelta(days=3650)}


@pytest.fixture
def tried(yuxi):
    def run(by="陈静", within=None, **line):
        return queries.try_line(line, by=yuxi.actor(by), place=(within or yuxi.city.city).id, **LAST)

    return run


def test_says_what_would_change_and_from_where_to_where(report, tried, yuxi):
    report()
    report("李桂芳", category="night-noise", words="太吵")
    found = tried(category="manhole-cover", place="990101001", unit="city-transport")
    assert (found.looked_at, found.matched, found.unchanged, len(found.refused)) == (2, 1, 0, 0)
    (change,) = found.would_change
    assert change.after.unit.key == "city-transport"
    assert change.before != change.after
    assert queries.route(change.case).unit == change.before.unit


def test_a_more_specific_line_that_is_there_wins(report, tried):
    report(category="road-damage")
    found = tried(**{"class": "social-management", "unit": "city-housing"})
    assert (found.matched, found.unchanged, found.would_change) == (1, 1, ())


def test_a_complaint_never_goes_to_the_unit_it_is_about(report, tried, yuxi):
    report(subject_unit=yuxi.units["city-transport"].id)
    found = tried(category="manhole-cover", place="990101001", unit="city-transport")
    (refused,) = found.refused
    assert "about this unit" in refused.why


def test_conditions_and_places_are_the_matcher_s(report, tried, yuxi):
    report()
    report(place=yuxi.city.peach_1)
    assert (
        tried(category="manhole-cover", when="urgency == 'urgent' and photos > 3", unit="city-transport").matched == 0
    )
    assert tried(category="manhole-cover", when="urgency == 'urgent'", unit="city-transport").matched == 2
    assert tried(within=yuxi.city.peach, category="manhole-cover", unit="city-transport").looked_at == 1


def test_an_owner_is_assumed_and_that_is_said(report, tried):
    report()
    found = tried(category="manhole-cover", owner="heating", unit="city-transport")
    assert found.owner_assumed
    assert found.matched == 1


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ({"category": "no-such", "unit": "city-transport"}, "category"), ({"category": "manhole-cover"}, "line"),
        ({"colour": "red"}, "colour"), ({"category": "manhole-cover", "unit": "no-such-unit"}, "unit"),
        ({"category": "manhole-cover", "when": "urgency ==", "unit": "city-transport"}, "when"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_refused_with_advice_in_its_place(tried, line, where):
    with pytest.raises(Invalid) as refused:
        tried(**line)
    assert refused.value.fields[where]


def test_only_cases_that_the_actor_sees_are_tried(report, tried):
    report()
    assert tried("周涛", category="manhole-cover", unit="city-transport").looked_at == 0


def test_costs_the_same_however_many(report, tried, yuxi):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            tried(category="manhole-cover", place="990101001", unit="city-transport")
        return len(captured)

    report()
    tried(category="manhole-cover", place="990101001", unit="city-transport")
    one = cost()
    for _n in range(5):
        report("李桂芳")
    assert cost() == one <= 6


def test_more_than_the_limit_says_so(report, yuxi):
    for _n in range(3):
        report()
    line = {"category": "manhole-cover", "unit": "city-transport"}
    found = queries.try_line(line, by=yuxi.actor("陈静"), place=yuxi.city.city.id, limit=2, **LAST)
    assert (found.looked_at, found.more) == (2, True)


def test_a_line_that_says_when_in_the_same_words_is_replaced(report, tried):
    report(category="road-damage")
    found = tried(category="road-damage", unit="city-housing")
    assert found.replaces
    (change,) = found.would_change
    assert (change.before.unit.key, change.after.unit.key) == ("city-transport", "city-housing")
    assert tried(category="road-damage", unit="city-transport").unchanged == 1

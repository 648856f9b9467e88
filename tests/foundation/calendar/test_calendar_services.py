"""Local days and hours: who may set them, which one holds where, what the journal says."""

from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid4

import pytest

from shanzhi.foundation.base.actor import NOBODY, SYSTEM, Actor, HeldPost
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.calendar import book, queries, services
from shanzhi.foundation.calendar.clock import SHANGHAI, Limit, due, parse_spans
from shanzhi.foundation.journal.queries import facts_about

pytestmark = pytest.mark.django_db
UNIT, OTHER, CITY, STREET = uuid4(), uuid4(), uuid4(), uuid4()
FRIDAY = date(2026, 11, 20)


KEEPERS = ("county-organiser",)  # whom the text of the place entrusts with its calendar
set_day, set_hours, clear_day, clear_hours = (
    partial(one, keepers=KEEPERS)
    for one in (services.set_day, services.set_hours, services.clear_day, services.clear_hours)
)


def keeper(path="53/", unit=UNIT):
    post = HeldPost(id=uuid4(), role=KEEPERS[0], unit=unit, place=CITY, place_path=path)
    return Actor(person=uuid4(), posts=(post,), post=post)


def test_the_nearest_word_wins():
    by = keeper()
    set_day(day=FRIDAY, works=False, reason="全国放假", by=SYSTEM)
    assert not queries.workday(FRIDAY, UNIT, [STREET, CITY]).works
    set_day(day=FRIDAY, works=True, reason="本市照常", by=by, place=CITY, place_path="53/04/")
    assert queries.workday(FRIDAY, UNIT, [STREET, CITY]).works
    set_day(day=FRIDAY, works=False, reason="停水", by=by, place=STREET, place_path="53/04/01/")
    assert not queries.workday(FRIDAY, UNIT, [STREET, CITY]).works
    assert queries.workday(FRIDAY, UNIT, [CITY]).works
    set_day(day=FRIDAY, works=True, reason="值班", by=by, unit=UNIT)
    assert queries.workday(FRIDAY, UNIT, [STREET, CITY]).works
    assert not queries.workday(FRIDAY, OTHER, [STREET, CITY]).works
    assert [d.reason for d in queries.local_days(FRIDAY, FRIDAY, unit=UNIT, places=[CITY])] == [
        "全国放假",
        "本市照常",
        "值班",
    ]


def test_setting_again_replaces_and_taking_back_restores():
    first = set_day(day=FRIDAY, works=False, reason="停电", by=keeper(), unit=UNIT)
    assert set_day(day=FRIDAY, works=True, reason="来电", by=keeper(), unit=UNIT) == first
    clear_day(id=first, by=keeper())
    assert queries.workday(FRIDAY, UNIT).works
    assert [f.data["works"] for f in facts_about(first)] in ([False, True, None], [None, True, False])
    with pytest.raises(NotFound):
        clear_day(id=first, by=keeper())


def test_hours_change_from_a_date_and_units_without_their_own_follow_the_common_ones():
    summer, noon = parse_spans("08:00-12:00, 15:00-19:00"), parse_spans("12:00-13:00")
    set_hours(unit=None, since=date(2026, 5, 1), spans=summer, by=SYSTEM)
    set_hours(unit=UNIT, since=date(2026, 7, 1), spans=noon, by=keeper())
    assert queries.hours_of(UNIT).spans_on(date(2026, 4, 30)) == ((480, 720), (840, 1080))
    assert queries.hours_of(UNIT).spans_on(date(2026, 6, 1)) == summer
    assert queries.hours_of(UNIT).spans_on(date(2026, 7, 1)) == noon
    assert queries.hours_of(OTHER).spans_on(date(2026, 7, 1)) == summer
    start = datetime(2026, 6, 30, 18, 30, tzinfo=SHANGHAI)
    limit = Limit(counts="working-hours", minutes=60)
    assert due(start, limit, queries.hours_of(UNIT)).at == datetime(2026, 7, 1, 12, 30, tzinfo=SHANGHAI)
    row = queries.opening_hours(UNIT)[0]
    clear_hours(id=row.id, by=keeper())
    assert queries.hours_of(UNIT).spans_on(date(2026, 7, 1)) == summer


@pytest.mark.parametrize(
    ("by", "where"),
    [
        (NOBODY, {}),
        (keeper(), {}),
        (keeper(), {"unit": OTHER}),
        (keeper("53/05/"), {"place": CITY, "place_path": "53/04/"}),
        (keeper(), {"place": CITY}),
        (keeper(), {"place_path": "53/04/"}),
        (Actor(person=uuid4()), {"unit": UNIT}),
    ],
)
def test_only_the_keeper_there_may(by, where):
    with pytest.raises(Denied):
        set_day(day=FRIDAY, works=False, reason="想休息", by=by, **where)
    if set(where) <= {"unit"}:
        with pytest.raises(Denied):
            set_hours(unit=where.get("unit"), since=FRIDAY, spans=((0, 60),), by=by)


@pytest.mark.parametrize("spans", [(), ((60, 30),), ((0, 60), (60, 90)), ((0, 1441),), ((-1, 5),)])
def test_hours_that_cannot_be_are_refused(spans):
    with pytest.raises(Invalid):
        set_hours(unit=UNIT, since=FRIDAY, spans=spans, by=SYSTEM)


def test_a_day_needs_a_reason_and_one_scope():
    with pytest.raises(Invalid):
        set_day(day=FRIDAY, works=False, reason=" ", by=SYSTEM)
    with pytest.raises(Invalid):
        set_day(day=FRIDAY, works=False, reason="x", by=SYSTEM, unit=UNIT, place=CITY)


def test_a_retry_with_the_same_key_acts_once_and_another_body_is_refused():
    by, key = keeper(), uuid4()
    one = set_day(day=FRIDAY, works=False, reason="停电", by=by, unit=UNIT, key=key)
    assert set_day(day=FRIDAY, works=False, reason="停电", by=by, unit=UNIT, key=key) == one
    assert isinstance(one, UUID)
    assert len(facts_about(one)) == 1
    with pytest.raises(Conflict):
        set_day(day=FRIDAY, works=True, reason="停电", by=by, unit=UNIT, key=key)


def test_hours_cost_no_statement_while_the_book_is_young(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(book, "_held", None)
    monkeypatch.setattr(book, "_open_until", 0.0)
    with django_assert_num_queries(1):
        queries.hours_of(UNIT, [STREET])
        queries.hours_of(OTHER)
    with django_assert_num_queries(1):
        queries.hours_of(UNIT, fresh=True)
    monkeypatch.setattr(book, "_held", None)

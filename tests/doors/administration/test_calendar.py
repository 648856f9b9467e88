"""Opening hours and days off, set through the pages by those who look after units."""

from datetime import timedelta

import pytest

from shanzhi.foundation.base.moment import today
from shanzhi.foundation.calendar import queries
from shanzhi.registers.places import queries as places

A_DAY = timedelta(days=9)


@pytest.fixture
def unit(yuxi):
    return yuxi.units["city-housing"]


@pytest.fixture
def wu(yuxi, client_for):
    client = client_for("吴刚")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_a_units_hours_are_changed_and_taken_back(wu, unit):
    address = f"/administration/units/{unit.id}/calendar/"
    assert "08:00-12:00, 14:00-18:00" in wu.get(address).content.decode()
    assert "Hours and days off" in wu.get(f"/administration/units/{unit.id}/").content.decode()
    assert wu.post(f"{address}hours", {"spans": "9:00-12:00"}).status_code == 302
    (row,) = queries.opening_hours(unit.id)
    assert (row.since, row.spans) == (today(), [[540, 720]])
    assert "09:00-12:00" in wu.get(address).content.decode()
    for _tap in range(2):
        assert wu.post(f"{address}hours/{row.id}/withdrawal").status_code == 302
    assert not queries.opening_hours(unit.id)


def test_hours_that_cannot_be_read_come_back_with_the_reason(wu, unit):
    for wrong in ("nine to five", "12:00-09:00", ""):
        answer = wu.post(f"/administration/units/{unit.id}/calendar/hours", {"spans": wrong})
        assert answer.status_code == 422
        assert answer.context["hours_form"].errors["spans"]
        assert answer.context["hours_form"]["spans"].value() == wrong
    assert not queries.opening_hours(unit.id)


def test_a_day_of_a_unit_and_one_of_a_place(wu, unit, yuxi):
    day, chain = today() + A_DAY, places.chain(unit.place)
    sent = {"day": day.isoformat(), "works": "off", "reason": "火把节"}
    assert wu.post(f"/administration/calendar/{unit.place_id}/days", sent).status_code == 302
    assert not queries.workday(day, None, chain).works
    address = f"/administration/units/{unit.id}/calendar/"
    page = wu.get(address).content.decode()
    assert "火把节 · set for a larger place" in page
    assert "Take back" not in page, "nobody takes back here what was set for all"
    wu.post(f"{address}days", sent | {"works": "work", "reason": "值班"})
    assert queries.workday(day, unit.id, chain).works
    own = next(row for row in queries.local_days(day, day, unit=unit.id) if row.unit)
    assert wu.post(f"{address}days/{own.id}/withdrawal").status_code == 302
    assert not queries.workday(day, unit.id, chain).works
    (common,) = queries.local_days(day, day, places=chain)
    wu.post(f"{address}days/{common.id}/withdrawal")
    assert queries.local_days(day, day, places=chain), "a place's day is not the unit's"
    wu.post(f"/administration/calendar/{unit.place_id}/days/{common.id}/withdrawal")
    assert not queries.local_days(day, day, places=chain)


def test_a_reason_is_asked_and_what_was_typed_stays(wu, unit):
    answer = wu.post(
        f"/administration/units/{unit.id}/calendar/days", {"day": today().isoformat(), "works": "off", "reason": " "}
    )
    assert answer.status_code == 422
    assert answer.context["day_form"].errors["reason"]
    assert today().isoformat() in answer.content.decode()


def test_no_place_but_that_of_ones_own_post(wu, yuxi):
    elsewhere = yuxi.city.willow.id
    sent = {"day": today().isoformat(), "works": "off", "reason": "停电"}
    assert wu.get(f"/administration/calendar/?place={elsewhere}").status_code == 404
    assert wu.post(f"/administration/calendar/{elsewhere}/days", sent).status_code == 404


def test_both_pages_in_chinese(yuxi, client_for, unit):
    client = client_for("吴刚")
    assert "工作时间与放假" in client.get(f"/administration/units/{unit.id}/calendar/").content.decode()
    assert "及下辖各地" in client.get("/administration/calendar/").content.decode()

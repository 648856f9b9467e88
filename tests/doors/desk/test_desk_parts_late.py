"""Of what several units work on, the part of one may be late while the whole is not: every list and figure of the desk says so alike."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from cases import photo  # noqa: F401 - fixture
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.moment import now
from whistles import HOUSING, TRANSPORT, WILLOW, Whistle, banner, both, clock, whistle  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(both, clock):  # noqa: F811
    """The village's part is an hour late; the housing bureau got three more days, and the whole with it."""
    both.do("joint-extension-request", "孟和", HOUSING, limit="3", reason="等路面材料")
    both.do("joint-extension", "那顺", HOUSING)
    clock.move_to(both.hand(WILLOW).due_at + timedelta(hours=1))
    assert both.now().due_at > now()
    return both


@pytest.fixture
def desk(late):
    return signed_in(late, "那顺")


def signed_in(late, who: str) -> Client:
    client = Client()
    client.force_login(late.cast.accounts[who])
    return client


def rows(client, address: str, **query: str):
    return client.get(address, query).context["rows"]


def test_it_stands_in_the_box_of_late_ones_with_the_time_of_the_part(late, desk):
    page = desk.get(reverse("desk:inbox"), {"box": "late"})
    (row,) = page.context["rows"]
    assert (row.number, row.late, row.part_late) == (late.case.number, "over", True)
    assert row.due == late.hand(WILLOW).due_at
    assert "有单位已超时" in page.text
    assert page.context["numbers"]["late"] == 1
    (point,) = desk.get(f"{reverse('desk:points')}?box=late").json()["features"]
    assert point["properties"]["tone"] == "urgent"
    assert desk.get(reverse("desk:inbox"), {"box": "all"}).context["rows"][0].late == "over"


def test_before_it_is_late_it_is_nearly_due(late, desk, clock):  # noqa: F811
    clock.move_to(late.hand(WILLOW).due_at - timedelta(minutes=5))
    (row,) = rows(desk, reverse("desk:inbox"), box="late")
    assert (row.late, row.part_late) == ("warn", True)
    figures = {one.icon: one.value for one in desk.get(reverse("desk:today")).context["figures"]}
    assert (figures["clock"], figures["clock-exclamation"]) == (1, 0)
    assert rows(desk, reverse("desk:search"), which="late") == []


def test_search_and_table_find_it_by_late_and_by_each_unit(late, desk):
    address = reverse("desk:search")
    (row,) = rows(desk, address, which="late")
    assert row.part_late
    for unit in (HOUSING, WILLOW):
        assert len(rows(desk, address, which="open", unit=str(late.cast.units[unit].id))) == 1
    assert rows(desk, address, which="open", unit=str(late.cast.units[TRANSPORT].id)) == []
    assert len(rows(desk, address, which="late", unit=str(late.cast.units[WILLOW].id))) == 1
    assert rows(desk, address, which="late", unit=str(late.cast.units[HOUSING].id)) == [], "its own part is in time"
    table = b"".join(desk.get(reverse("desk:table", args=["csv"]), {"which": "late"}).streaming_content).decode(
        "utf-8-sig"
    )
    (line,) = csv.DictReader(StringIO(table))
    assert line["超时"] == "是"


def test_today_says_whose_part_it_is(late, desk):
    page = desk.get(reverse("desk:today"))
    figures = {one.icon: one for one in page.context["figures"]}
    assert figures["clock-exclamation"].value == 1
    village = late.cast.units[WILLOW].name["zh-hans"]
    (line,) = page.context["late"]
    assert (line["unit"], line["n"], line["oldest"]) == (village, 1, late.hand(WILLOW).due_at)
    assert [row.number for row in desk.get(line["href"]).context["rows"]] == [late.case.number]
    (one,) = page.context["cases"]
    assert (one["unit"], one["waits"]) == (village, line["why"])
    assert one["row"].due == late.hand(WILLOW).due_at


def test_one_case_of_which_two_parts_are_late_is_one_late_case(late, desk, clock):  # noqa: F811
    clock.move_to(late.hand(HOUSING).due_at + timedelta(hours=1))
    page = desk.get(reverse("desk:today"))
    assert sum(line["n"] for line in page.context["late"]) == 2
    assert len(page.context["cases"]) == page.context["late_all"] == 1
    assert "这里列出" not in page.text


def test_its_page_says_so_above_all_to_those_on_duty(late, desk):
    page = desk.get(reverse("desk:case", args=[late.case.id]))
    assert page.context["late_part"] == "over"
    assert "有单位已超时" in page.text
    assert "有单位已超时" not in signed_in(late, "王秀英").get(reverse("resident:one", args=[late.case.id])).text


def test_parts_and_whole_cases_that_nobody_took_stand_on_one_line(late, desk):
    late.call(TRANSPORT, action="more-units")
    Whistle(late.cast, late.photo).open(words="灯也坏了").call(TRANSPORT)
    found = {one.name: one for one in desk.get(reverse("desk:load")).context["units"]}
    (line,) = found[late.cast.units[TRANSPORT].name["zh-hans"]].holders
    assert (line.somebody, line.open) == (False, 2)


def test_each_unit_is_counted_with_its_part_and_the_link_lists_it(late, desk):
    found = {one.name: one for one in desk.get(reverse("desk:load")).context["units"]}
    village, housing = (found[late.cast.units[key].name["zh-hans"]] for key in (WILLOW, HOUSING))
    assert (village.open, village.late, housing.open, housing.late) == (1, 1, 1, 0)
    assert [one.name for one in village.holders] == ["张伟"]
    for one in (village, housing):
        assert len(desk.get(one.href).context["rows"]) == one.open
        assert len(desk.get(one.late_href).context["rows"]) == one.late
    listed = desk.get(reverse("desk:units"), {"level": "community"}).context["rows"]
    assert [(one["open"], one["late"]) for one in listed if one["open"]] == [(1, 1)]


def test_a_part_that_is_done_is_neither_late_nor_counted_with_its_unit(late, desk):
    late.do("joint-completion", "张伟", WILLOW, "after", result="好了")
    late.do("joint-confirmation", "哈斯", WILLOW)
    assert rows(desk, reverse("desk:search"), which="late") == []
    assert casework.units_over([late.now()], now()) == {}
    found = {one.name: one.open for one in desk.get(reverse("desk:load")).context["units"]}
    assert found == {late.cast.units[HOUSING].name["zh-hans"]: 1}


def test_residents_read_the_time_of_the_whole(late):
    page = signed_in(late, "王秀英").get(reverse("resident:reports"))
    assert "有单位已超时" not in page.text
    assert "超时" not in page.text


@pytest.mark.parametrize("box", ["late", "all"])
def test_rows_stand_by_the_time_that_they_show(late, desk, clock, box):  # noqa: F811
    """One more case ends between the late part and its whole."""
    part, whole = late.hand(WILLOW).due_at, late.now().due_at
    other = Whistle(late.cast, late.photo).open(words="又塌了一处").case
    assert part < other.due_at < whole
    clock.move_to(other.due_at + timedelta(hours=1))
    shown = rows(desk, reverse("desk:inbox"), box=box)
    assert [row.number for row in shown] == [late.case.number, other.number]
    assert [row.due for row in shown] == sorted(row.due for row in shown)


def test_the_dot_on_the_maps_of_its_page_says_so_too_and_in_a_units_list_by_its_own_part(late, desk):
    unit = signed_in(late, "孟和")  # of the housing bureau, which is in time

    def tones(client, address: str) -> list[str]:
        return [one["properties"]["tone"] for one in client.get(address).json()["features"]]

    assert tones(desk, reverse("desk:where", args=[late.case.id])) == ["urgent"]
    assert tones(unit, reverse("department:where", args=[late.case.id])) == ["urgent"]
    (row,) = unit.get(reverse("department:inbox"), {"box": "mine"}).context["rows"]
    assert row.late == ""
    assert tones(unit, f"{reverse('department:points')}?box=mine") == [row.tone]

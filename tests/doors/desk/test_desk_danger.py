"""A dispute in danger stands marked in the lists of those who have it on duty, and on its page there, and nowhere else (boundary 16)."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from cases import photo  # noqa: F401 - fixture
from disputes import Dispute, banner  # noqa: F401 - fixture
from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.engines.casework.models import Case
from shanzhi.registers.people.services import declare_conflict

pytestmark = pytest.mark.django_db
MARK = "有危险，不得调解"
BOXES = ("now", "pickup", "ours", "late", "all")
LISTS = [f"/desk/?box={box}" for box in BOXES] + ["/desk/search/", "/department/"]
OTHERS = [
    "/", "/reports/", "/reports/?view=all", "/notices/", "/work/", "/desk/today/", "/desk/load/", "/api/cases",
    reverse("desk:points"), reverse("desk:search-points"), reverse("desk:table", args=["csv"]), reverse("desk:table", args=["xlsx"]),
]  # fmt: skip


@pytest.fixture
def it(banner, photo):  # noqa: F811
    return Dispute(banner, photo)


def marked(client: Client, addresses: list[str]) -> list[str]:
    return [one for one in addresses if MARK in body(client.get(one, headers={"accept-language": "zh-CN"}))]


def body(answer) -> str:
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if sent[:2] == b"PK":
        book = zipfile.ZipFile(BytesIO(sent))
        sent = b"".join(book.read(name) for name in book.namelist())
    return sent.decode()


def everywhere(it: Dispute) -> list[str]:
    chosen = f"{reverse('desk:bulk')}?case={it.case.id}"
    pages = [f"/reports/{it.case.id}/", f"/desk/cases/{it.case.id}/", f"/department/cases/{it.case.id}/"]
    return [*LISTS, *OTHERS, chosen, *pages, f"/desk/search/?q={it.case.number}", f"/api/cases/{it.case.id}"]


def test_who_has_it_reads_it_in_the_lists(it, client_for):
    it.begun()
    assert not marked(client_for("巴雅尔"), LISTS)
    it.act("danger", it.b)
    for who in ("巴雅尔", "其其格", "乌兰"):
        lists = ["/desk/?box=all", "/desk/search/", f"{reverse('desk:bulk')}?case={it.case.id}"]
        assert marked(client_for(who), lists) == lists, who
    it.act("referral", "乌兰", whom=["police"], note="打单位电话")
    assert not marked(client_for("巴雅尔"), LISTS)


def test_who_has_it_reads_it_in_the_head_of_its_page(it, client_for):
    it.begun()
    pages = [f"/desk/cases/{it.case.id}/", f"/department/cases/{it.case.id}/"]
    assert not marked(client_for("巴雅尔"), pages)
    it.act("danger", it.b)
    for who in ("巴雅尔", "其其格", "乌兰"):
        assert marked(client_for(who), pages) == pages, who
    it.act("referral", "乌兰", whom=["police"], note="打单位电话")
    assert not marked(client_for("巴雅尔"), pages)


def test_neither_table_nor_map_nor_api_says_it_to_them(it, client_for):
    it.begun()
    it.act("danger", it.b)
    csv = body(client_for("巴雅尔").get(reverse("desk:table", args=["csv"])))
    assert it.case.number in csv
    assert not marked(client_for("巴雅尔"), OTHERS)


def test_neither_side_reads_it(it, client_for):
    it.begun()
    it.act("danger-seen", "巴雅尔")
    letter = Client()
    by = it.actor("巴雅尔")
    party = next(one for one in casework.parties_of(it.now(by), by) if one.side == "b")
    letter.get(f"/follow/{services.invite(case=it.now(by), party=party.id, by=by)}/", follow=True)
    for client in (client_for("王秀英"), letter):
        assert it.case.number in client.get("/reports/").text
        assert not marked(client, everywhere(it))


def test_a_mediator_who_is_a_side_or_near_to_one_reads_it_nowhere(it, client_for):
    it.open(by="巴雅尔")
    it.act("danger-seen", "其其格")
    assert marked(client_for("其其格"), LISTS)
    assert it.case.number in client_for("巴雅尔").get("/reports/").text
    assert not marked(client_for("巴雅尔"), everywhere(it))
    declare_conflict(by=it.actor("其其格"), kind="family", person=it.cast.persons["巴雅尔"])
    assert not marked(client_for("其其格"), everywhere(it))


@pytest.mark.parametrize("who", ["苏和", "那顺", "高娃", "哈斯", "孟和", "陈静", "李桂芳"])
def test_who_cannot_open_it_reads_it_nowhere(it, client_for, who):
    it.begun()
    it.act("danger", it.b)
    assert not marked(client_for(who), everywhere(it))


def test_whatever_list_its_row_comes_from_only_they_are_told(it, django_assert_num_queries):
    it.begun()
    rows, by = [Case.objects.get(pk=it.case.id)], it.actor("巴雅尔")
    with django_assert_num_queries(0):
        assert casework.in_danger(rows, by) == set()
    it.act("danger", it.b)
    rows = [Case.objects.get(pk=it.case.id)]
    with django_assert_num_queries(1):
        assert casework.in_danger(rows, by) == {it.case.id}
    for who in ("王秀英", it.b, "苏和", "那顺", "李桂芳"):
        assert casework.in_danger(rows, it.actor(who)) == set()

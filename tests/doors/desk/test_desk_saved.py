"""One's own filters: kept under a name, in the navigation, for oneself alone."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanzhi.doors.desk import saved
from shanzhi.doors.desk.models import SavedFilter


def keep(client, name, query="which=late&q=井盖"):
    return client.post(reverse("desk:saved-keep"), {"name": name, "query": query}, follow=True)


def names(client, page="desk:inbox"):
    text = client.get(reverse(page)).content.decode()
    return [one.name for one in SavedFilter.objects.all() if f">{one.name}</span>" in text]


def test_a_search_is_kept_found_again_and_stands_in_the_navigation(report, client_for):
    report()
    desk = client_for("陈静")
    page = keep(desk, "  逾期  井盖 ", "page=3&nonsense=1&which=open&q=井盖")
    assert page.context["q"] == "井盖"
    one = SavedFilter.objects.get()
    assert (one.name, one.query) == ("逾期 井盖", "q=%E4%BA%95%E7%9B%96&which=open")
    assert names(desk) == ["逾期 井盖"]
    again = desk.get(f"{reverse('desk:search')}?{one.query}")
    assert again.context["called"] == "逾期 井盖"
    assert 'aria-current="page"' in again.content.decode()


def test_the_same_name_takes_the_new_search(yuxi, client_for):
    desk = client_for("陈静")
    keep(desk, "我的")
    keep(desk, "我的", "which=open")
    assert [one.query for one in SavedFilter.objects.all()] == ["which=open"]


@pytest.mark.parametrize(
    ("name", "query"), [("", "which=open"), ("空", ""), ("长" * 41, "which=open"), ("词", "q=" + "词" * 999)]
)
def test_nothing_useless_is_kept(name, query, yuxi, client_for):
    assert keep(client_for("陈静"), name, query).status_code == 200
    assert not SavedFilter.objects.exists()


def test_no_more_than_thirty(yuxi, client_for):
    desk = client_for("陈静")
    for n in range(saved.MOST + 1):
        keep(desk, f"第{n}")
    assert SavedFilter.objects.count() == saved.MOST
    keep(desk, "第0", "which=closed")
    assert SavedFilter.objects.get(name="第0").query == "which=closed"


def test_renaming_and_removing(yuxi, client_for):
    desk = client_for("陈静")
    keep(desk, "甲")
    keep(desk, "乙")
    one = SavedFilter.objects.get(name="甲")
    rename = reverse("desk:saved-rename", args=[one.id])
    desk.post(rename, {"name": "乙"})
    assert SavedFilter.objects.filter(name="甲").exists()
    desk.post(rename, {"name": "丙"})
    assert SavedFilter.objects.filter(name="丙").exists()
    desk.post(reverse("desk:saved-remove", args=[one.id]))
    assert [left.name for left in SavedFilter.objects.all()] == ["乙"]


def test_a_colleague_neither_sees_nor_touches_it(yuxi, client_for):
    keep(client_for("陈静"), "私用")
    one, colleague = SavedFilter.objects.get(), client_for("刘敏")
    assert names(colleague) == []
    for name in ("desk:saved-rename", "desk:saved-remove"):
        assert colleague.post(reverse(name, args=[one.id]), {"name": "别人的"}).status_code == 404
        assert colleague.post(reverse(name, args=[uuid4()]), {"name": "没有的"}).status_code == 404
    one.refresh_from_db()
    assert one.name == "私用"


def test_many_filters_cost_as_much_as_few(report, client_for, settings):
    settings.SHANZHI_TERRITORY_SECONDS = 3600  # on a slow machine the question after changes falls into one of the two
    desk = client_for("陈静")
    keep(desk, "一")
    desk.get(reverse("desk:search"))
    with CaptureQueriesContext(connection) as few:
        desk.get(reverse("desk:search"))
    for n in range(20):
        keep(desk, f"第{n}")
    desk.get(reverse("desk:search"))
    with CaptureQueriesContext(connection) as many:
        desk.get(reverse("desk:search"))
    assert len(many) == len(few)


def test_a_case_has_the_same_navigation_as_the_lists(report, client_for):
    case, desk = report(category="road-damage"), client_for("陈静")
    address = reverse("desk:case", args=[case.id])
    assert "nav-own" not in desk.get(address).content.decode()
    keep(desk, "我的", "which=open")
    keep(desk, "别的", "which=late")
    text = desk.get(address).content.decode()
    assert (text.count("nav-own"), text.count("?which=open"), text.count("?which=late")) == (3, 1, 1)

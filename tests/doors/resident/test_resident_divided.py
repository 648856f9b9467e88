"""A divided report by its secret link: the parts with how each stands and its story, and nothing that an account would not show."""

from __future__ import annotations

import pytest

from cases import *  # noqa: F403 - fixtures
from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.models import Case
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.ids import new_id

pytestmark = pytest.mark.django_db
PARTS = [{"what": "换井盖"}, {"what": "补路面", "category": "road-damage", "unit": "city-transport"}]


@pytest.fixture
def by_link(yuxi, do):
    opened = services.open_case(
        id=new_id(), procedure="six-step", place=yuxi.city.willow_1.id, words="井盖破了，路也塌了", by=Actor(visitor="browser"),
    )  # fmt: skip
    do(opened.case, "registration", "陈静", category="manhole-cover")
    return opened


def parts_of(case) -> dict[str, Case]:
    return {one.words: one for how, one in queries.related(case, SYSTEM) if how == "child"}


def test_the_page_of_the_whole_leads_to_each_part(by_link, do, client):
    do(by_link.case, "division", "陈静", parts=PARTS)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
    page = client.get(f"/follow/{by_link.follow_token}/", follow=True).content.decode()
    found = parts_of(by_link.case)
    assert len(found) == 2
    for part in found.values():
        assert f"/reports/{part.id}/" in page
    part = client.get(f"/reports/{found['补路面'].id}/").content.decode()
    assert "已派遣" in part
    assert "补路面" in part


def test_divided_after_the_link_was_opened(by_link, do, client):
    client.get(f"/follow/{by_link.follow_token}/")
    do(by_link.case, "division", "陈静", parts=PARTS)
    page = client.get(f"/reports/{by_link.case.id}/").content.decode()
    for part in parts_of(by_link.case).values():
        assert f"/reports/{part.id}/" in page
        assert client.get(f"/reports/{part.id}/").status_code == 200


def test_a_part_that_is_divided_again(by_link, do):
    do(by_link.case, "division", "陈静", parts=PARTS)
    do(parts_of(by_link.case)["换井盖"], "division", "陈静", parts=[{"what": "拆旧的"}, {"what": "装新的"}])
    follows = queries.case_by_follow(by_link.follow_token).follows
    assert len(follows & set(Case.objects.exclude(pk=by_link.case.id).values_list("id", flat=True))) == 4


def test_a_child_of_another_procedure_stays_closed_as_for_an_account(by_link, do, client):
    do(by_link.case, "division", "陈静", parts=PARTS)
    other = services.open_case(
        id=new_id(), procedure="six-step", place=by_link.case.place_id, words="内部另案", by=SYSTEM, source="case",
        category="manhole-cover", parent=by_link.case.id,
    ).case  # fmt: skip
    client.get(f"/follow/{by_link.follow_token}/")
    assert client.get(f"/reports/{other.id}/").status_code == 404
    assert other.id not in queries.case_by_follow(by_link.follow_token).follows


def test_who_only_follows_the_whole_sees_the_whole_alone(by_link, do):
    me_too = services.subscribe(case=by_link.case.id, by=Actor(visitor="neighbour"), phone="13900001111")
    do(by_link.case, "division", "陈静", parts=PARTS)
    assert queries.case_by_follow(me_too.follow_token).follows == {by_link.case.id}

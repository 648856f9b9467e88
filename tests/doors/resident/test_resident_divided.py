"""A divided report by its secret link: the parts with how each stands and its story, and nothing that an account would not show."""

from __future__ import annotations

import pytest
from django.test import Client

from cases import *  # noqa: F403 - fixtures
from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.models import Case, Party
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.journal.services import as_actor

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
    assert "分出这一件" in part, "nobody reported the part, and the house did not make it up"


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


def rate(client, case, stars="5"):
    sent = {"key": str(new_id()), "expect": Case.objects.get(pk=case.pk).touched, "stars": stars}
    return client.post(f"/reports/{case.id}/rating/", sent)


@pytest.mark.parametrize("divided_again", [False, True])
def test_the_reporter_rates_each_part_by_the_link_of_the_whole(by_link, do, yuxi, client, divided_again):
    client.get(f"/follow/{by_link.follow_token}/")
    do(by_link.case, "division", "陈静", parts=PARTS)
    part = parts_of(by_link.case)["换井盖"]
    if divided_again:
        do(part, "division", "陈静", parts=[{"what": "拆旧的"}, {"what": "装新的"}])
        part = parts_of(part)["装新的"]
    client.get(f"/reports/{by_link.case.id}/")  # divided since the link was opened
    do(part, "assignment", "刘敏", category="manhole-cover", post=yuxi.posts["张伟"].id)
    do(part, "completion", "张伟", "before after", result="换好了")
    do(part, "confirmation", "刘敏", finding="平")
    assert f"/reports/{part.id}/rating/" in client.get(f"/reports/{part.id}/").content.decode()
    assert rate(client, part, "4").status_code == 302
    assert "★★★★☆" in client.get(f"/reports/{part.id}/").content.decode()
    assert rate(Client(), part).status_code == 404


def test_who_only_follows_the_whole_rates_no_part(by_link, do, client):
    me_too = services.subscribe(case=by_link.case.id, by=Actor(visitor="neighbour"), phone="13900001111")
    do(by_link.case, "division", "陈静", parts=PARTS)
    client.get(f"/follow/{me_too.follow_token}/")
    for part in parts_of(by_link.case).values():
        assert client.get(f"/reports/{part.id}/").status_code == rate(client, part).status_code == 404


def test_nothing_that_was_given_with_the_whole_is_kept_with_a_part(by_link, do):
    with as_actor(SYSTEM):
        Party.objects.filter(case=by_link.case).update(name="吴芳", phone="13900002222")
    do(by_link.case, "division", "陈静", parts=PARTS)
    with as_actor(SYSTEM):
        found = Party.objects.filter(case__parent=by_link.case)
        assert [(one.relation, one.name, one.phone, one.person_id) for one in found] == [("reporter", "", "", None)] * 2

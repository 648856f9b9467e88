"""What pages of nights say at each of their stages: to volunteers, to passers-by, to whoever leads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from shanzhi.foundation.base.actor import NOBODY
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import now
from shanzhi.programmes.patrol import queries, services

pytestmark = pytest.mark.django_db
ENGLISH: dict = {"headers": {"Accept-Language": "en"}}
LED = "/worker/calls/"


@pytest.fixture
def call(guiyang):
    def make(hours: float = 0.5, **more):
        return services.call(
            id=new_id(), place=guiyang.city.willow_1.id, starts=now() + timedelta(hours=hours), ends=now() + timedelta(hours=hours + 2),
            meeting="农贸市场门口", leader=guiyang.posts["张伟"].id, by=guiyang.actor("刘敏"), **more,
        )  # fmt: skip

    return make


def test_the_list_marks_my_own_nights_and_to_nobody_else(guiyang, call, client_for):
    call(hours=40)
    mine = call()
    services.sign_up(call=mine.id, by=guiyang.actor("王秀英"))
    page = client_for("王秀英").get("/calls/", **ENGLISH).text
    assert page.count("You are on the list") == 1
    assert page.find(str(mine.id)) < page.find("You are on the list")
    for who in (None, "周涛"):
        assert "You are on" not in client_for(who).get("/calls/", **ENGLISH).text
    services.withdraw(call=mine.id, by=guiyang.actor("王秀英"))
    assert "You are on" not in client_for("王秀英").get("/calls/", **ENGLISH).text


def test_my_sign_ups_are_asked_for_once_and_never_for_a_visitor(guiyang, call, django_assert_num_queries):
    some = [call(hours=hours).id for hours in (1, 30)]
    by = guiyang.actor("王秀英")
    services.sign_up(call=some[0], by=by)
    with django_assert_num_queries(1):
        assert set(queries.my_signups(some, by)) == {some[0]}
    with django_assert_num_queries(0):
        assert queries.my_signups(some, NOBODY) == {}


def test_whoever_is_there_does_not_read_of_stepping_back(guiyang, call, client_for):
    page, client = reverse("resident:call", args=[(made := call()).id]), client_for("王秀英")
    client.post(reverse("resident:call-signup", args=[made.id]))
    assert "step back" in client.get(page, **ENGLISH).text
    services.check_in(call=made.id, by=guiyang.actor("王秀英"), token=made.code.token)
    assert "step back" not in client.get(page, **ENGLISH).text
    assert "You are checked in" in client.get("/calls/", **ENGLISH).text


def test_a_night_called_off_says_when_and_why_and_wants_nobody(guiyang, call, client_for, clock):
    made = call(words="带手电筒")
    services.sign_up(call=made.id, by=guiyang.actor("王秀英"))
    clock.shift(timedelta(minutes=7))
    services.close(call=made.id, held=False, by=guiyang.actor("张伟"), said="有大雨")
    for who, page in (("张伟", f"{LED}{made.id}/"), ("刘敏", f"{LED}{made.id}/"), ("周涛", f"/calls/{made.id}/")):
        shown = client_for(who).get(page, **ENGLISH).text
        assert "05:07" in shown
        assert "有大雨" in shown
        assert "带手电筒" not in shown
        assert "Wanted at least" not in shown


def test_the_code_of_a_night_called_off_says_so_until_it_would_have_ended(guiyang, call, client_for, clock):
    made = call()
    services.close(call=made.id, held=False, by=guiyang.actor("张伟"), said="有大雨")
    assert client_for(None).get(f"/c/{made.code.token}")["Location"] == f"/calls/{made.id}/"
    clock.shift(timedelta(days=2))
    assert client_for(None).get(f"/c/{made.code.token}").status_code == 200, "a place to report at, like any other"


def test_nights_that_one_leads_stand_by_what_is_to_be_done(guiyang, call, client_for, clock):
    leader = guiyang.actor("张伟")
    assert "The nights that you lead" in client_for("孙丽").get(LED, **ENGLISH).text
    forgotten, off, held = call(hours=1), call(hours=2), call(hours=3)
    services.close(call=off.id, held=False, by=leader)
    clock.shift(timedelta(hours=4))
    services.close(call=held.id, held=True, by=leader)
    later, begun = call(hours=30), call(hours=0)
    wanted = [(forgotten, "to-close"), (begun, "begun"), (later, "ahead"), (held, "held"), (off, "off")]
    assert [(one.id, queries.standing(one)) for one in queries.calls_of(leader)] == [
        (one.id, how) for one, how in wanted
    ]
    page = client_for("张伟").get(LED, **ENGLISH).text
    marks = [
        "Over, but not closed yet",
        "to be closed",
        "Under way or coming up",
        "under way",
        "Past or called off",
        "took place",
        ">called off<",
    ]
    assert sorted(marks, key=page.index) == marks
    assert "Please close it below" in client_for("张伟").get(f"{LED}{forgotten.id}/", **ENGLISH).text

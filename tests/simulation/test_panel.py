"""Stopping the synthetic people, and how fast they are."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework.models import Step
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import Denied, Invalid
from shanzhi.registers.people import queries as people
from shanzhi.simulation import living, presence, queries, services
from shanzhi.simulation.castlist import open_demo_accounts


@pytest.fixture
def who(people_city):
    open_demo_accounts(people_city.city)
    return {one.username: people.synthetic_account(one.account) for one in people.demo_people(per_role=9, residents=9)}


def client(account) -> Client:
    found = Client()
    found.force_login(account)
    return found


def test_pause_and_resume_and_speed(who):
    by = people.actor_for(who["dispatcher"])
    assert not queries.state().paused
    services.pause(by=by)
    assert queries.state().paused
    assert queries.state().by == by.person
    services.resume(by=by)
    services.set_speed(speed=60, by=by)
    assert (queries.state().paused, queries.state().speed) == (False, 60)
    with pytest.raises(Invalid):
        services.set_speed(speed=7, by=by)


@pytest.mark.parametrize("name", ["resident1", "grid-worker", "community-secretary"])
def test_not_for_those_below_the_city(who, name):
    with pytest.raises(Denied):
        services.pause(by=people.actor_for(who[name]))


def test_the_page(who, settings):
    settings.SHANZHI_DEMO = True
    desk = client(who["dispatcher"])
    assert desk.get("/simulation/").status_code == 200
    assert desk.post("/simulation/pause").status_code == 302
    assert queries.state().paused
    assert desk.get("/simulation/").status_code == 200
    desk.post("/simulation/speed", {"speed": "60"})
    assert queries.state().speed == 60
    assert desk.post("/simulation/speed", {"speed": "x"}).status_code == 422
    assert client(who["resident1"]).get("/simulation/").status_code == 403
    settings.SHANZHI_DEMO = False
    assert desk.get("/simulation/").status_code == 404


class FakeTime:
    """A clock that goes on only while the loop sleeps."""

    def __init__(self) -> None:
        self.clock = 1000.0

    def monotonic(self) -> float:
        return self.clock

    def sleep(self, seconds: float) -> None:
        self.clock += seconds


def lived(city, monkeypatch, seconds: float) -> living.Living:
    fake = FakeTime()
    monkeypatch.setattr(living, "time", fake)
    monkeypatch.setattr(living, "close_old_connections", lambda: None)
    return living.live(city, per_day=80, seed="1", stop=lambda: fake.clock > 1000 + seconds)


def test_a_paused_city_stands_still(who, people_city, monkeypatch):
    services.set_speed(speed=600, by=SYSTEM)
    services.pause(by=SYSTEM)
    world = lived(people_city.city, monkeypatch, 300)
    assert world.tally.total() == 0
    assert casework.visible_cases(SYSTEM).count() == 0


def test_a_living_city_records_real_time(who, people_city, monkeypatch):
    services.set_speed(speed=600, by=SYSTEM)
    world = lived(people_city.city, monkeypatch, 150)  # a day of theirs
    assert world.tally["reported"] > 20
    assert world.tally["acted"] > 20
    assert world.tally["refused"] == 0
    opened = [one.opened_at for one in casework.visible_cases(SYSTEM)]
    assert (max(opened) - min(opened)).total_seconds() < 1800  # not their day of 86,400


def test_nobody_takes_the_work_of_whom_a_guest_plays(who, people_city, monkeypatch):
    """Colleagues go on; what only the guest could do waits."""
    played = people.actor_for(who["dispatcher"])
    UserSession.objects.create(user=who["dispatcher"], session_key="guest", ip="127.0.0.1", user_agent="")
    services.set_speed(speed=600, by=SYSTEM)
    world = lived(people_city.city, monkeypatch, 150)
    assert world.guests == {played.person}
    assert world.tally["acted"] > 10
    acted = set(Step.objects.exclude(action="").values_list("person", flat=True))
    assert acted
    assert played.person not in acted


def test_after_twenty_minutes_the_guest_is_gone(who):
    session = UserSession.objects.create(user=who["dispatcher"], session_key="guest", ip="127.0.0.1", user_agent="")
    assert presence.played_by_guests() == {people.actor_for(who["dispatcher"]).person}
    UserSession.objects.filter(pk=session.pk).update(last_seen_at=timezone.now() - presence.AWAY)
    assert presence.played_by_guests() == set()


def test_the_panel_does_not_call_them_at_work_when_they_were_left_out(who, settings):
    settings.SHANZHI_DEMO = True
    assert "他们正在活动" in client(who["dispatcher"]).get("/simulation/").content.decode()
    settings.SHANZHI_SIM = False
    page = client(who["dispatcher"]).get("/simulation/").content.decode()
    assert "SIM=off" in page
    assert "他们正在活动" not in page
    assert 'name="speed"' not in page

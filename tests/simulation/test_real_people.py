"""The simulation never touches what a real person takes part in, however it came to that."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import NOBODY, SYSTEM, Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import pretend
from shanzhi.foundation.calendar.clock import SHANGHAI
from shanzhi.programmes.reporting import services as reporting
from shanzhi.registers.people import queries as people
from shanzhi.registers.people import services as staff
from shanzhi.simulation.city.residents import Residents
from shanzhi.simulation.city.streets import Streets
from shanzhi.simulation.life.reports import Reports
from shanzhi.simulation.life.world import World
from shanzhi.simulation.living import take_over
from shanzhi.simulation.photos import Pool

NOON = datetime(2026, 9, 16, 12, 0, tzinfo=SHANGHAI)  # a Wednesday without holidays around


@pytest.fixture
def world(people_city) -> World:
    return World(seed="5", now=NOON, pool=Pool(seeds=1))


@pytest.fixture
def one(world, people_city):
    """A synthetic matter that the simulation follows."""
    reports = Reports(world, Streets(people_city.city), Residents(people_city.city, world.crowd), 1)
    with pretend(NOON):
        return reports.report("one", people_city.willow_1, Random(1), category="rubbish", source="resident")


@pytest.fixture
def real(people_city) -> Actor:
    return people.actor_of(staff.create_person(name="王秀英", by=SYSTEM).id)


def live_on(world: World) -> None:
    world.run(NOON + timedelta(days=20))


def test_left_to_itself_it_is_settled(world, one):
    live_on(world)
    assert casework.access_case(one.id, by=SYSTEM).final


def untouched(world: World, id) -> None:
    before = casework.access_case(id, by=SYSTEM)
    live_on(world)
    after = casework.access_case(id, by=SYSTEM)
    assert (after.state, after.touched) == (before.state, before.touched)
    assert world.tally["acted"] == 0


def test_a_real_report_is_not_taken_over(world, people_city, real):
    case = reporting.report(
        id=new_id(), by=real, words="门口的井盖破了", category="manhole-cover", place=people_city.willow_1.id
    ).case
    assert take_over(world, people_city.city) == 0
    untouched(world, case.id)


def test_a_real_visitors_report_is_not_taken_over(world, people_city):
    visitor = Actor(visitor="somebody")
    case = reporting.report(
        id=new_id(), by=visitor, words="路灯不亮", category="street-light", place=people_city.willow_1.id
    ).case
    assert take_over(world, people_city.city) == 0
    untouched(world, case.id)


def test_a_real_neighbour_who_follows_makes_it_theirs(world, one, real):
    reporting.me_too(case=one.id, by=real)
    untouched(world, one.id)


def test_a_real_visitor_who_follows_makes_it_theirs(world, one):
    reporting.me_too(case=one.id, by=NOBODY, name="路人", key="tap-1")
    untouched(world, one.id)


def test_a_real_officer_who_acts_makes_it_theirs(world, one, people_city, real):
    unit = people.unit("city-centre", near=people_city.city.path)
    staff.appoint(person=real.person, unit=unit.id, role="dispatcher", place=people_city.city.id, by=SYSTEM)
    services.act(case=one.id, action="registration", by=people.actor_of(real.person), fields={"category": "rubbish"})
    untouched(world, one.id)


def test_a_synthetic_report_is_not_joined_to_a_real_one(world, one, people_city, real):
    case = reporting.report(id=new_id(), by=real, words="垃圾", category="rubbish", place=people_city.willow_1.id).case
    one.twin = case.id
    live_on(world)
    assert casework.access_case(case.id, by=SYSTEM).touched == 1


def test_real_holders_of_posts_are_not_played(world, people_city, real):
    unit = people.unit("city-centre", near=people_city.city.path)
    staff.appoint(person=real.person, unit=unit.id, role="dispatcher", place=people_city.city.id, by=SYSTEM)
    assert real.person not in {one.person for one in world.crowd.holders("dispatcher", people_city.willow.path)}


@pytest.fixture
def guest(people_city) -> Actor:
    """Somebody who signed in as one of the demonstration's synthetic people."""
    person = staff.create_person(name="江磊", by=SYSTEM, synthetic=True, username="guest")
    return people.actor_for(people.account_of(person.id))


def test_a_guests_report_is_left_to_guests(world, people_city, guest):
    case = reporting.report(
        id=new_id(), by=guest, words="门口的井盖破了", category="manhole-cover", place=people_city.willow_1.id
    ).case
    assert case.synthetic
    assert take_over(world, people_city.city) == 0
    untouched(world, case.id)


def test_a_guest_who_follows_makes_it_theirs(world, one, guest):
    reporting.me_too(case=one.id, by=guest)
    untouched(world, one.id)


def test_a_guest_who_acts_makes_it_theirs(world, one, people_city, guest):
    unit = people.unit("city-centre", near=people_city.city.path)
    staff.appoint(person=guest.person, unit=unit.id, role="dispatcher", place=people_city.city.id, by=SYSTEM)
    by = people.actor_for(people.account_of(guest.person))
    services.act(case=one.id, action="registration", by=by, fields={"category": "rubbish"})
    untouched(world, one.id)

"""Cities with disputes, rounds and nights live too: by their own text, without refusals, and never where anybody real is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

import pytest

from adopted import adopt
from cast_places import small_city
from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import pretend, today
from shanzhi.foundation.calendar.clock import SHANGHAI
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.programmes.mediation import services as mediation
from shanzhi.programmes.patrol import queries as patrols
from shanzhi.programmes.patrol import services as patrol
from shanzhi.registers.people import queries as people
from shanzhi.registers.people import services as staff
from shanzhi.registers.places import queries as places
from shanzhi.simulation import living
from shanzhi.simulation.city.residents import Residents
from shanzhi.simulation.city.streets import Streets
from shanzhi.simulation.founding import fill
from shanzhi.simulation.history import play
from shanzhi.simulation.life.matter import Matter
from shanzhi.simulation.life.nights import Nights
from shanzhi.simulation.life.world import World
from shanzhi.simulation.living import take_over
from shanzhi.simulation.photos import Pool

NOON = datetime(2026, 9, 16, 12, 0, tzinfo=SHANGHAI)  # a Wednesday without holidays around


def city_with(slug: str):
    city = small_city()
    adopt(slug, place=city.city, since=today() - timedelta(days=700))
    version = playbook_of(places.chain(city.city))
    staff.establish_units(version, city.city.id, SYSTEM)
    fill(version, city.city, lambda _text: None)
    return city


@pytest.fixture
def banner(db):
    return city_with("dalate")


@pytest.fixture
def gridded(db):
    return city_with("guiyang")


def world_at(moment: datetime = NOON) -> World:
    return World(seed="5", now=moment, pool=Pool(seeds=1))


def disputes(world: World, city, number: int) -> list[Matter]:
    residents = Residents(city.city, world.crowd)
    found = []
    for one in range(number):
        agent = residents.numbered(city.willow_1, one % 3)
        with pretend(NOON):
            case = mediation.open_dispute(
                id=new_id(), place=city.willow_1.id, words="楼上漏水，吵了好几次", by=world.crowd.actor(agent),
                category="neighbour-dispute",
            ).case  # fmt: skip
        matter = Matter(f"dispute {one}", case.id, "neighbour-dispute", agent, case)
        world.follow(matter)
        found.append(matter)
    return found


def test_disputes_go_up_the_ladder_and_end(banner):
    world = world_at()
    matters = disputes(world, banner, 16)
    world.run(NOON + timedelta(days=150))
    assert world.refusals == []
    cases = [casework.access_case(one.id, by=SYSTEM) for one in matters]
    assert all(one.final and one.synthetic for one in cases)
    ends = {one.state for one in cases}
    assert {"closed", "ended"} <= ends
    stories = [casework.timeline(one, SYSTEM) for one in cases]
    effects = {entry.effect for story in stories for entry in story}
    assert {"party", "consent", "try", "draft", "agree", "stop", "remedies"} <= effects
    assert any(entry.stage > 2 for story in stories for entry in story if entry.effect == "try")


def test_a_dispute_taken_over_after_a_restart_goes_on(banner):
    first = world_at()
    (matter,) = disputes(first, banner, 1)
    first.run(NOON + timedelta(days=1))
    again = world_at(NOON + timedelta(days=1))
    assert take_over(again, banner.city) == 1
    again.run(NOON + timedelta(days=150))
    assert again.refusals == []
    assert casework.access_case(matter.id, by=SYSTEM).final


def test_a_dispute_in_which_a_real_mediator_acts_is_left_alone(banner):
    world = world_at()
    (matter,) = disputes(world, banner, 1)
    real = staff.create_person(name="其木格", by=SYSTEM)
    held = people.holders("village-mediator", banner.willow.path)[0]
    with pretend(NOON):
        staff.appoint(person=real.id, unit=held.unit_id, role="village-mediator", place=held.place_id, by=SYSTEM)
        services.act(case=matter.id, action="party", by=people.actor_of(real.id), fields={"side": "b", "name": "李四"})
    touched = casework.access_case(matter.id, by=SYSTEM).touched
    world.run(NOON + timedelta(days=60))
    assert casework.access_case(matter.id, by=SYSTEM).touched == touched


def test_days_with_rounds_and_nights(gridded):
    start = NOON - timedelta(hours=8)
    done = play(gridded.city, start=start, end=start + timedelta(days=6), per_day=2, seed="8", seeds=1, logged=True)
    assert done.refusals == []
    orders = [one for day in range(6) for one in patrols.orders_of(SYSTEM, date(2026, 9, 16) + timedelta(days=day))]
    finished = [one for one in orders if one.done]
    assert len(finished) > len(orders) * 0.8
    assert len(finished) < len(orders)  # some forget, some are away
    assert all(one.order.case.synthetic for one in orders)
    assert done.tally["hazard"] > 0
    assert done.tally["night signed up"] > done.tally["night called"] > 0
    assert done.tally["night held"] > 0
    assert done.tally["night called off"] > 0


def test_an_order_of_a_real_worker_is_theirs(gridded):
    real = staff.create_person(name="周强", by=SYSTEM)
    held = people.holders("grid-worker", gridded.willow_1.path)[0]
    with pretend(NOON):
        staff.end_post(post=held.id, by=SYSTEM)
        staff.appoint(person=real.id, unit=held.unit_id, role="grid-worker", place=held.place_id, by=SYSTEM)
        patrol.generate(NOON.date(), place_path=gridded.willow_1.path)
        (order,) = (one.order for one in patrols.orders_of(SYSTEM, NOON.date(), place_path=gridded.willow_1.path))
    world = world_at()
    assert not order.case.synthetic
    assert take_over(world, gridded.city) == 0
    world.run(NOON + timedelta(days=2))
    assert casework.access_case(order.case_id, by=SYSTEM).touched == order.case.touched


def test_a_night_with_a_real_neighbour_is_left_to_people(gridded):
    world = world_at()
    streets = Streets(gridded.city)
    nights = Nights(world, streets, Residents(gridded.city, world.crowd))
    with pretend(NOON):
        nights._call(gridded.willow, 0, Random(1))
        (call,) = patrols.calls()
        patrol.sign_up(call=call.id, by=people.actor_of(staff.create_person(name="王秀英", by=SYSTEM).id))
    world.run(NOON + timedelta(days=3))
    with pretend(NOON):
        assert patrols.access_call(call.id, by=SYSTEM).closed_at is None
    assert world.tally["night left alone"] == 1


def called(gridded, at: datetime = NOON):
    """A night that a simulation called, which stopped the day after."""
    first = world_at(at)
    nights = Nights(first, Streets(gridded.city), Residents(gridded.city, first.crowd))
    with pretend(at):
        nights._call(gridded.willow, 0, Random(1))
        (call,) = patrols.calls()
    first.run(at + timedelta(hours=22))
    assert patrols.access_call(call.id, by=SYSTEM).closed_at is None
    return call.id


def restarted(gridded, at: datetime) -> World:
    again = world_at(at)
    nights = Nights(again, Streets(gridded.city), Residents(gridded.city, again.crowd))
    with pretend(at):
        nights.take_over(gridded.city)
    again.run(at + timedelta(days=2))
    assert again.refusals == []
    return again


def test_a_night_that_is_still_to_come_after_a_restart_is_held_and_closed(gridded):
    id = called(gridded)
    again = restarted(gridded, NOON + timedelta(hours=23))
    call = patrols.access_call(id, by=SYSTEM)
    assert (call.held, again.tally["night held"]) == (True, 1)
    assert call.closed_at >= call.ends
    assert 0 < call.came <= call.listed


def test_a_night_that_passed_without_anybody_is_closed_after_a_restart(gridded):
    id = called(gridded)
    again = restarted(gridded, NOON + timedelta(days=3))
    assert patrols.access_call(id, by=SYSTEM).held is False
    assert again.tally["night called off"] == 1
    assert restarted(gridded, NOON + timedelta(days=4)).tally.total() == 0


@pytest.mark.parametrize("account", [True, False])
def test_a_night_with_somebody_real_or_a_guest_stays_theirs_after_a_restart(gridded, account):
    id = called(gridded)
    with pretend(NOON + timedelta(hours=22)):
        person = staff.create_person(name="王秀英", by=SYSTEM, synthetic=account, account=account)
        patrol.sign_up(call=id, by=people.actor_of(person.id))
    again = restarted(gridded, NOON + timedelta(hours=23))
    assert patrols.access_call(id, by=SYSTEM).closed_at is None
    assert again.tally["night left alone"] == 1


def test_a_night_whose_leader_a_guest_plays_waits_for_the_guest(gridded, monkeypatch):
    id = called(gridded)
    guests = [True]
    monkeypatch.setattr(World, "played", lambda _world, _agent: guests[0])
    again = world_at(NOON + timedelta(hours=23))
    nights = Nights(again, Streets(gridded.city), Residents(gridded.city, again.crowd))
    assert nights.take_over(gridded.city) == 1
    again.run(NOON + timedelta(days=2))
    assert patrols.access_call(id, by=SYSTEM).closed_at is None
    guests[0] = False
    again.run(NOON + timedelta(days=3))
    assert patrols.access_call(id, by=SYSTEM).closed_at is not None


def test_life_goes_on_with_the_nights_it_finds(gridded, monkeypatch):
    id = called(gridded, datetime.combine(today() - timedelta(days=4), time(12), SHANGHAI))
    monkeypatch.setattr(living, "_pause", lambda *_: 0)
    world = living.live(gridded.city, per_day=1, seed="1", stop=iter([False, True]).__next__)
    assert patrols.access_call(id, by=SYSTEM).held is False
    assert world.tally["night called off"] == 1

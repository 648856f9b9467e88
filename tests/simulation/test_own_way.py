"""A county whose own playbook names it runs that one from the first day, inside a city that goes by another."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from cast_places import small_city, square
from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services as casework_services
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.playbook import queries as playbooks
from shanzhi.foundation.playbook import services as playbook
from shanzhi.programmes.patrol import queries as patrols
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.models import Unit
from shanzhi.registers.places import queries as places
from shanzhi.registers.places import revision, store
from shanzhi.registers.places.levels import Level
from shanzhi.simulation import beginning
from shanzhi.simulation.beginning import set_the_scene
from shanzhi.simulation.castlist import open_demo_accounts
from shanzhi.simulation.founding import SERVICE, settle

CODES = {"dalate": "150621", "guiyang": "431021"}


def quiet(_text: str) -> None:
    pass


@pytest.fixture
def meant(tmp_path, settings):
    """The playbooks as they are, of which one names a county of the small city."""

    def write(slug: str, code: str = "990121") -> None:
        shutil.copytree(Path(settings.ROOT) / "playbooks", tmp_path / "playbooks", dirs_exist_ok=True)
        sheet = tmp_path / "playbooks" / slug / "playbook.yaml"
        sheet.write_text(sheet.read_text(encoding="utf-8").replace(CODES[slug], code), encoding="utf-8")
        settings.SHANZHI_PLAYBOOKS = tmp_path / "playbooks"

    return write


@pytest.fixture
def _only_the_county(monkeypatch):
    """The city's own sixty matters are test_scene's."""
    monkeypatch.setattr(beginning, "_parts", lambda *_: iter(()))
    monkeypatch.setattr(beginning, "_states", lambda _: [])


@pytest.fixture
def town(db):
    return small_city()


def slug_at(place, on=None) -> str:
    return playbooks.playbook_of(places.chain(place), on).slug


def test_the_place_that_a_text_names_goes_by_it_from_the_first_day(meant, town):
    meant("guiyang")
    settle(town.city, progress=quiet)
    assert slug_at(town.willow_1) == "common"
    assert slug_at(town.river_1) == "guiyang"
    assert slug_at(town.river_1, today() - SERVICE) == "guiyang"
    settle(town.city, progress=quiet)
    assert len(playbooks.adoptions_of(place=town.west.id)) == 1


def test_a_text_may_name_several_places(meant, town, settings):
    meant("guiyang")
    sheet = Path(settings.SHANZHI_PLAYBOOKS) / "guiyang" / "playbook.yaml"
    sheet.write_text(sheet.read_text(encoding="utf-8") + 'places: ["990101002"]\n', encoding="utf-8")
    settle(town.city, progress=quiet)
    assert [slug_at(one) for one in (town.willow_1, town.bridge_1, town.river_1)] == ["common", "guiyang", "guiyang"]


def test_a_city_that_stood_already_takes_it_up_from_today_and_keeps_its_past(meant, town):
    settle(town.city, progress=quiet)
    meant("guiyang")
    settle(town.city, progress=quiet)
    assert slug_at(town.river_1) == "guiyang"
    assert slug_at(town.river_1, today() - SERVICE) == "common"


def test_a_county_that_gave_it_up_is_not_asked_again(meant, town):
    meant("guiyang")
    settle(town.city, progress=quiet)
    playbook.leave(place=town.west.id, by=SYSTEM)
    settle(town.city, progress=quiet)
    assert slug_at(town.river_1) == "common"


def test_units_and_posts_there_are_those_of_its_own_text(meant, town):
    meant("guiyang")
    settle(town.city, progress=quiet)
    inside = {unit.key for unit in people.units(place_path=town.west.path)}
    assert {"county-fire", "county-power", "street-police"} <= inside, "its own departments"
    assert "county-labour" in inside
    assert not any(key.startswith("city-") for key in inside), "what stands above the county is the city's"
    centre = Unit.objects.get(key="county-centre", place=town.west.id)
    assert centre.parent.key == "city-centre"
    assert centre.parent.place_id == town.city.id
    assert not Unit.objects.filter(key="county-power", place=town.east.id).exists()
    assert {post.role for post in people.holders("grid-officer", town.river_1.path)} == {"grid-officer"}
    assert people.holders("grid-officer", town.willow_1.path) == []
    assert people.vacancies(playbooks.playbook_of(places.chain(town.city)), town.city.id) == []


def test_people_of_the_county_can_be_signed_in_as_beside_the_city_s(meant, town):
    meant("guiyang")
    settle(town.city, progress=quiet)
    here = open_demo_accounts(town.city)
    assert [one.area for one in here.others] == [town.west]
    listed = people.demo_people()
    inside = {one.username for one in listed if one.own_way == town.west}
    assert {f"guiyang-{role}" for role in ("grid-worker", "grid-mediator", "grid-officer", "dispatcher")} <= inside
    assert {"guiyang-resident1", "guiyang-resident2"} <= inside
    assert {one.username for one in listed if one.own_way is None} >= {"grid-worker", "dispatcher", "resident1"}
    assert [one.own_way for one in listed] == sorted((one.own_way for one in listed), key=bool), "the city's first"
    before = [one.username for one in listed]
    open_demo_accounts(town.city)
    assert [one.username for one in people.demo_people()] == before


@pytest.mark.usefixtures("_only_the_county")
def test_the_opening_of_guiyang_has_its_rounds_and_its_night(meant, town):
    meant("guiyang")
    settle(town.city, progress=quiet)
    world = set_the_scene(open_demo_accounts(town.city))
    assert world.refusals == []
    inside = list(casework.visible_cases(SYSTEM).filter(place__path__startswith=town.west.path))
    assert {one.procedure for one in inside} == {"six-step", "inspection"}
    assert len({one.state for one in inside if one.procedure == "six-step"}) >= 10
    assert any(one.source == "case" or one.words for one in inside if one.procedure == "six-step")
    assert world.tally["hazard"] >= 1
    assert world.tally["night called"] == 2
    worker = actor("guiyang-grid-worker")
    assert patrols.orders_of(worker) or world.tally["round ordered"]
    assert casework.inbox(actor("guiyang-dispatcher"), "desk").exists()
    assert casework.inbox(actor("guiyang-department-unit-leader"), "unit").exists()


@pytest.mark.usefixtures("_only_the_county")
def test_the_opening_of_dalate_has_its_disputes(meant, town):
    meant("dalate")
    settle(town.city, progress=quiet)
    world = set_the_scene(open_demo_accounts(town.city))
    assert world.refusals == []
    inside = list(casework.visible_cases(SYSTEM).filter(place__path__startswith=town.west.path))
    assert {one.procedure for one in inside} == {"six-step", "dispute"}
    states = [one.state for one in inside if one.procedure == "dispute"]
    assert len(set(states)) >= 4
    assert {"township", "township-asked", "county", "county-asked"} & set(states), "somebody stands above the village"
    mediator = actor("dalate-village-mediator")
    assert casework.visible_cases(mediator).filter(procedure="dispute").exists()


def test_a_second_city_has_people_and_matters_of_its_own(meant, town):
    meant("guiyang")
    settle(town.city, progress=quiet)
    open_demo_accounts(town.city)
    by = people.actor_for(people.synthetic_account(people.demo_people()[0].account))
    casework_services.open_case(id=new_id(), procedure="six-step", place=town.willow_1.id, words="路灯不亮", by=by)
    assert set_the_scene(open_demo_accounts(town.city)) is None, "it has matters already"
    assert all(one.own_way in (None, town.west) for one in people.demo_people())
    other = neighbour_city()
    settle(other, progress=quiet)
    assert set_the_scene(open_demo_accounts(other)) is not None
    assert casework.visible_cases(SYSTEM).count() > 40
    listed = people.demo_people()
    assert {one.username for one in listed if one.own_way == other} >= {"9801-dispatcher", "9801-resident1"}
    assert {one.username for one in listed if one.own_way == town.city} >= {"dispatcher", "resident1"}


def neighbour_city():
    drafts = [store.Draft(Level.PROVINCE, "98", "邻省"), store.Draft(Level.CITY, "9801", "邻市", "98")]
    drafts += [
        store.Draft(Level.COUNTY, "980101", "某区", "9801"),
        store.Draft(Level.STREET, "980101001", "某街道", "980101"),
        store.Draft(Level.COMMUNITY, "980101001001", "某社区居委会", "980101001"),
    ]
    for number in (1, 2):
        code, box = f"98010100100100{number}", square(9 + number, 9)
        drafts.append(store.Draft(Level.GRID, code, f"某社区第{number}网格", "980101001001", True, "小学", box))
    made = store.create(drafts, on=date(2020, 1, 1))
    revision.bump()
    return places.place(made["9801"])


def actor(username: str):
    found = next(one for one in people.demo_people() if one.username == username)
    return people.actor_for(people.synthetic_account(found.account))

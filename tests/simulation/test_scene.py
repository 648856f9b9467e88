"""What a visitor finds after `begin`."""

from __future__ import annotations

from random import Random

import pytest

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.playbook import services as playbook
from shanzhi.registers.people import queries as people
from shanzhi.simulation.beginning import QUIET, Part, _category, set_the_scene
from shanzhi.simulation.castlist import open_demo_accounts


def actors() -> dict:
    found = {}
    for one in people.demo_people(per_role=9, residents=9):
        account = people.synthetic_account(one.account)
        found[one.username] = people.actor_for(account)
    return found


def test_every_state_and_work_for_everyone(people_city):
    here = open_demo_accounts(people_city.city)
    world = set_the_scene(here)
    assert world.refusals == []
    cases = list(casework.visible_cases(SYSTEM))
    assert 55 <= len(cases) <= 70
    assert {one.state for one in cases} == set(casework.procedure_of(cases[0]).states)
    who = actors()
    assert {one.state for one in casework.inbox(who["resident1"], "followed")} >= {"closed", "handling", "reported"}
    assert casework.inbox(who["grid-worker"], "mine").count() >= 3
    assert casework.inbox(who["community-secretary"], "desk").count() >= 3
    assert casework.inbox(who["dispatcher"], "desk").count() >= 10
    assert casework.inbox(who["department-unit-leader"], "unit").count() >= 3
    assert casework.inbox(who["checker"], "check").count() >= 3
    assert set_the_scene(here) is None
    assert casework.visible_cases(SYSTEM).count() == len(cases), "a second time adds nothing"


@pytest.mark.parametrize("slug", ["common", "dalate", "guiyang", "yuxi"])
def test_the_opening_names_only_what_the_city_s_text_knows(slug):
    catalogue = playbook.load(slug).model("categories")
    parts = [Part("reported", category=key) for key in (*QUIET, "")]
    assert all(catalogue.item(_category(part, catalogue, Random(n))) for part in parts for n in range(20))

"""Who may act, asked of the permit itself and from outside: what visibility hides is barred once more beneath it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cast import SINCE
from shanzhi.engines.casework import queries
from shanzhi.engines.casework.fetching import fetch
from shanzhi.engines.casework.permits import permit
from shanzhi.engines.casework.relations import standing
from shanzhi.engines.casework.separation import conflict_barred, subject_barred
from shanzhi.foundation.base.refusals import Denied
from shanzhi.registers.people.models import Post


@pytest.fixture
def asked(yuxi):
    """asked(case, "completion", "赵强") -> the permit, whoever may see the case."""

    def ask(case: Any, action: str, name: str) -> Any:
        found = fetch(case.id)
        procedure = queries.procedure_of(found)
        return permit(procedure, procedure.actions[action], found, yuxi.actor(name))

    return ask


@pytest.fixture
def post(yuxi):
    """post("周涛", "handler", "city-housing"): one more post."""

    def give(name: str, role: str, unit: str, place: Any = None) -> Post:
        return Post.objects.create(
            person_id=yuxi.persons[name], unit=yuxi.units[unit], role=role, place=place or yuxi.city.city, since=SINCE
        )

    return give


@pytest.fixture
def taken(report, do):
    """A case that 赵强 of the housing bureau has taken."""
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "acceptance", "赵强")
    return case


def post_to(client: Any, case: Any, action: str) -> int:
    address = f"/api/cases/{case.id}/{action}"
    return client.post(address, json.dumps({}), content_type="application/json").status_code


def test_once_one_has_taken_it_the_unit_no_longer_acts(taken, asked, post, yuxi, client_for, do):
    post("周涛", "handler", "city-housing")
    assert asked(taken, "completion", "赵强").allowed
    assert asked(taken, "completion", "周涛").stands is None
    assert client_for("周涛").get(f"/api/cases/{taken.id}").status_code == 200  # seen by the whole unit
    assert post_to(client_for("周涛"), taken, "completion") == 403
    with pytest.raises(Denied):
        do(taken, "completion", "周涛", photos="after", result="换好了")


def test_before_anybody_takes_it_the_whole_unit_may(report, do, asked, post):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    post("周涛", "handler", "city-housing")
    assert asked(case, "acceptance", "周涛").allowed
    assert asked(case, "acceptance", "赵强").allowed
    assert asked(case, "acceptance", "钱芳").stands is None


@pytest.fixture
def complaint(report, yuxi):
    """About the centre itself, whose dispatcher would register it."""
    return report(subject_unit=yuxi.units["city-centre"].id)


def test_the_unit_complained_about_never_acts(complaint, yuxi, do, client_for):
    by = yuxi.actor("陈静")
    found = fetch(complaint.id)
    procedure = queries.procedure_of(found)
    action = procedure.actions["registration"]
    stands = standing(found, by, action.by)
    assert stands is not None  # the role is theirs
    answer = permit(procedure, action, found, by)
    assert not answer.allowed
    assert answer.why_not == subject_barred(found, by, stands)  # each of the two bars would do alone
    assert subject_barred(found, by, stands) is not None
    assert conflict_barred(found, by, stands) is not None
    with pytest.raises(Denied):
        do(complaint, "registration", "陈静", category="manhole-cover")
    assert post_to(client_for("陈静"), complaint, "registration") == 404  # from outside not even that there is one


def test_another_post_does_not_let_the_unit_complained_about_in(complaint, yuxi, post, do):
    post("陈静", "community-secretary", "willow", yuxi.city.willow)
    found, by = fetch(complaint.id), yuxi.actor("陈静")
    procedure = queries.procedure_of(found)
    assert not permit(procedure, procedure.actions["registration"], found, by).allowed
    assert permit(procedure, procedure.actions["registration"], found, yuxi.actor("刘敏")).allowed
    with pytest.raises(Denied):
        do(complaint, "registration", "陈静", category="manhole-cover")


def test_a_role_counts_only_below_the_place_of_its_post(report, asked, post, yuxi, do, client_for):
    case = report()
    post("周涛", "community-secretary", "peach", yuxi.city.peach)
    assert asked(case, "registration", "刘敏").allowed
    assert asked(case, "registration", "周涛").stands is None
    # With another post that lets them see it, from outside too.
    post("周涛", "grid-worker", "willow", yuxi.city.willow_1)
    assert client_for("周涛").get(f"/api/cases/{case.id}").status_code == 200
    assert post_to(client_for("周涛"), case, "registration") == 403
    with pytest.raises(Denied):
        do(case, "registration", "周涛", category="manhole-cover")

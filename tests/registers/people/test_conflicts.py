"""Conflicts of interest: oneself, one's unit, one's household, what was declared — by either side."""

import pytest

from shanzhi.foundation.base.refusals import Invalid, NotFound
from shanzhi.registers.people import queries, services


def test_the_unit_complained_about_is_too_near(cast, actor):
    housing = cast.units["city-housing"].id
    assert queries.has_conflict(actor("赵强"), subject_unit=housing)
    assert not queries.has_conflict(actor("钱芳"), subject_unit=housing)


def test_oneself_and_ones_household(cast, actor):
    wang, li = cast.persons["王秀英"], cast.persons["李桂芳"]
    assert queries.has_conflict(actor("王秀英"), persons=[wang])
    assert not queries.has_conflict(actor("张伟"), persons=[wang, li])
    services.form_household(place=cast.city.willow_1.id, door="9栋901", members=[cast.persons["张伟"], li], by=_house())
    assert queries.has_conflict(actor("张伟"), persons=[wang, li])


def test_declared_by_either_side_until_it_ends(cast, actor):
    wang, zhang = cast.persons["王秀英"], cast.persons["张伟"]
    interest = services.declare_conflict(by=actor("张伟"), kind="family", person=wang)
    assert services.declare_conflict(by=actor("张伟"), kind="family", person=wang) == interest
    assert queries.has_conflict(actor("张伟"), persons=[wang])
    assert queries.has_conflict(actor("王秀英"), persons=[zhang])
    with pytest.raises(NotFound):
        services.end_conflict(interest=interest.id, by=actor("何敏"))
    services.end_conflict(interest=interest.id, by=actor("张伟"))
    assert not queries.has_conflict(actor("张伟"), persons=[wang])


def test_a_unit_can_be_declared(cast, actor):
    services.declare_conflict(by=actor("孙丽"), kind="business", unit=cast.units["city-housing"].id)
    assert queries.has_conflict(actor("孙丽"), subject_unit=cast.units["city-housing"].id)
    assert len(queries.interests_of(actor("孙丽"))) == 1


def test_a_declaration_names_one_thing(cast, actor):
    for target in ({}, {"person": cast.persons["王秀英"], "unit": cast.units["city-housing"].id}):
        with pytest.raises(Invalid):
            services.declare_conflict(by=actor("孙丽"), kind="family", **target)
    with pytest.raises(Invalid):
        services.declare_conflict(by=actor("孙丽"), kind="rumour", person=cast.persons["王秀英"])


def test_asking_costs_one_statement_or_none(cast, actor, django_assert_num_queries):
    zhao = actor("赵强")
    with django_assert_num_queries(0):
        assert not queries.has_conflict(zhao)
    with django_assert_num_queries(1):
        queries.has_conflict(zhao, subject_unit=cast.units["city-housing"].id, persons=[cast.persons["王秀英"]])


def _house():
    from shanzhi.foundation.base.actor import SYSTEM

    return SYSTEM

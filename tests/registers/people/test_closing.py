"""Closing units: on the day or ahead, with its posts, with or without a successor."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from test_posts import playbook  # noqa: F401

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.registers.people import queries, services
from shanzhi.registers.people.models import Unit
from shanzhi.registers.people.tasks import close_units


def kinds(about):
    return [fact.kind for fact in facts_about(about)]


def test_closing_today_ends_the_posts_and_says_so(cast, actor):
    housing, transport = cast.units["city-housing"], cast.units["city-transport"]
    closed = services.close_unit(unit=housing.id, successor=transport.id, by=SYSTEM)
    assert closed.done
    assert closed.posts == (cast.posts["赵强"].id,)
    assert actor("赵强").posts == ()
    assert actor("钱芳").posts
    assert kinds(cast.posts["赵强"].id) == ["post.ended"]
    (fact,) = facts_about(housing.id)
    assert (fact.kind, fact.data["successor"], fact.data["key"]) == ("unit.closed", str(transport.id), "city-housing")
    assert housing.id not in {unit.id for unit in queries.units()}
    with pytest.raises(Conflict):
        services.close_unit(unit=housing.id, by=SYSTEM)


def test_a_later_day_waits_and_can_be_taken_back(cast, actor):
    housing = cast.units["city-housing"]
    day = timezone.localdate() + timedelta(days=10)
    planned = services.close_unit(unit=housing.id, by=SYSTEM, on=day)
    assert not planned.done
    assert planned.posts == ()
    assert facts_about(housing.id) == []
    assert actor("赵强").posts
    services.keep_unit(unit=housing.id, by=SYSTEM)
    assert Unit.objects.get(id=housing.id).closed_on is None
    services.close_unit(unit=housing.id, by=SYSTEM, on=day)
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        assert actor("赵强").posts == ()
        close_units(0)
        close_units(0)
        assert kinds(housing.id) == ["unit.closed"]
        assert kinds(cast.posts["赵强"].id) == ["post.ended"]
        with pytest.raises(Conflict):
            services.keep_unit(unit=housing.id, by=SYSTEM)


def test_units_below_find_another_parent_and_never_a_ring(cast):
    centre, housing, transport = (cast.units[key] for key in ("city-centre", "city-housing", "city-transport"))
    Unit.objects.filter(id=housing.id).update(parent=centre)
    Unit.objects.filter(id=transport.id).update(parent=housing)
    cast.units["willow"].parent = centre
    cast.units["willow"].save()
    services.close_unit(unit=centre.id, successor=transport.id, by=SYSTEM)
    assert Unit.objects.get(id=housing.id).parent_id is None
    assert Unit.objects.get(id=transport.id).parent_id == housing.id
    assert kinds(cast.units["willow"].id) == ["unit.changed"]


@pytest.mark.parametrize("successor", ["city-housing", "willow"])
def test_the_successor_is_another_unit_that_covers_the_place(cast, successor):
    with pytest.raises(Invalid) as refused:
        services.close_unit(unit=cast.units["city-housing"].id, successor=cast.units[successor].id, by=SYSTEM)
    assert "successor" in refused.value.fields


def test_no_day_in_the_past_and_nobody_is_appointed_into_what_closes(cast):
    housing = cast.units["city-housing"]
    with pytest.raises(Invalid):
        services.close_unit(unit=housing.id, by=SYSTEM, on=timezone.localdate() - timedelta(days=1))
    services.close_unit(unit=housing.id, by=SYSTEM)
    values = {"person": cast.persons["周涛"], "role": "handler", "place": cast.city.city.id, "by": SYSTEM}
    with pytest.raises(Invalid) as refused:
        services.appoint(unit=housing.id, **values)
    assert "unit" in refused.value.fields


def test_who_may_close(cast, actor, playbook):  # noqa: F811
    for name in ("王秀英", "赵强", "陈静", "刘敏"):
        with pytest.raises(Denied):
            services.close_unit(unit=cast.units["city-housing"].id, by=actor(name))
    assert services.close_unit(unit=cast.units["city-housing"].id, by=actor("吴刚")).done

"""Who acts: one statement; posts that have not begun, have ended, or whose unit is closed do not count."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from shanzhi.foundation.base.actor import NOBODY, Actor
from shanzhi.registers.people import middleware, queries
from shanzhi.registers.people.models import Post, Unit


def test_one_statement_gives_person_posts_units_and_places(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        zhang = queries.actor_for(cast.accounts["张伟"])
    assert (zhang.name, zhang.person, zhang.account) == ("张伟", cast.persons["张伟"], cast.accounts["张伟"].id)
    assert [(post.role, post.unit) for post in zhang.posts] == [("grid-worker", cast.units["willow"].id)]
    assert zhang.covers(cast.city.willow_1.path, "grid-worker")
    assert not zhang.covers(cast.city.willow_2.path)
    assert zhang.post == zhang.posts[0]


def test_a_resident_has_no_post(actor):
    wang = actor("王秀英")
    assert wang.signed_in
    assert wang.posts == ()


@pytest.mark.parametrize(("since", "until"), [(1, None), (-10, 0), (-10, -1)])
def test_posts_outside_their_dates_do_not_count(cast, since, until):
    today = timezone.localdate()
    Post.objects.filter(id=cast.posts["赵强"].id).update(
        since=today + timedelta(days=since), until=None if until is None else today + timedelta(days=until)
    )
    assert cast.actor("赵强").posts == ()
    assert queries.holders("handler", cast.city.city.path) == [cast.posts["钱芳"]]


def test_the_last_day_counts(cast):
    Post.objects.filter(id=cast.posts["赵强"].id).update(until=timezone.localdate() + timedelta(days=1))
    assert cast.actor("赵强").roles() == {"handler"}


def test_posts_of_a_closed_unit_do_not_count(cast):
    Unit.objects.filter(id=cast.units["city-housing"].id).update(closed_on=date(2024, 1, 1))
    assert cast.actor("赵强").posts == ()


def test_a_closed_account_acts_for_nobody(cast):
    account = cast.accounts["张伟"]
    account.is_active = False
    account.save()
    assert queries.actor_for(account) is NOBODY


def test_holders_come_nearest_first(cast):
    cast.posts["city"] = Post.objects.create(
        person_id=cast.persons["周涛"], unit=cast.units["city-centre"], role="grid-worker", place=cast.city.city,
        since=date(2022, 1, 1),
    )  # fmt: skip
    found = queries.holders("grid-worker", cast.city.willow_1.path)
    assert found == [cast.posts["张伟"], cast.posts["city"]]


def test_the_request_asks_once_and_only_if_asked(cast, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user, request.session = cast.accounts["赵强"], {}
    seen = []
    with django_assert_num_queries(0):
        middleware.ActorMiddleware(seen.append)(request)
    with django_assert_num_queries(1):
        assert request.actor.roles() == {"handler"}
        assert request.actor.name == "赵强"
    assert type(request.actor) is Actor
    assert replace(request.actor, visitor="x").visitor == "x"


def test_the_post_acted_in_can_be_chosen(cast):
    second = Post.objects.create(
        person_id=cast.persons["赵强"], unit=cast.units["city-transport"], role="handler", place=cast.city.east,
        since=date(2022, 1, 1),
    )  # fmt: skip
    assert queries.actor_for(cast.accounts["赵强"], acting=second.id).post.id == second.id
    assert queries.actor_for(cast.accounts["赵强"], acting=cast.posts["钱芳"].id).post.id == cast.posts["赵强"].id


def test_names_of_officers_are_public_and_of_residents_are_not(cast, actor):
    officer, resident = cast.persons["张伟"], cast.persons["王秀英"]
    assert queries.display_name(officer, for_=actor("王秀英")) == "张伟"
    assert queries.display_name(officer, for_=NOBODY) == "张＊"
    assert "王" not in queries.display_name(resident, for_=actor("张伟"))
    assert queries.display_name(resident, for_=actor("王秀英")) == "王秀英"


def test_units_by_key_id_and_place(cast):
    assert queries.unit("city-housing") == cast.units["city-housing"]
    assert queries.unit(cast.units["peach"].id) == cast.units["peach"]
    assert queries.unit("community-committee", near=cast.city.willow_2.path) == cast.units["willow"]
    assert queries.units(place_path=cast.city.peach.path) == [cast.units["peach"]]
    assert queries.posts_in(cast.units["willow"].id, role="grid-worker") == [cast.posts["张伟"]]

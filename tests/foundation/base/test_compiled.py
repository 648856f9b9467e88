"""Querysets whose SQL is made once read as Django reads them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast_places import small_city
from shanzhi.foundation.base.actor import Actor, HeldPost
from shanzhi.foundation.base.compiled import MOMENT, Compiled, Kept, Whole, mark, text_mark
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.shapes import shape_of
from shanzhi.registers.places.models import Place

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_queryset():
    city = small_city()
    around = Compiled(lambda id: Place.objects.filter(parent=id).select_related("parent").order_by("code"))
    for parent in (city.city.id, city.willow.id, new_id()):
        plain = list(Place.objects.filter(parent=parent).select_related("parent").order_by("code"))
        found = around(parent)
        assert [one.__dict__.keys() for one in found] == [one.__dict__.keys() for one in plain]
        assert [(one, one.name, one.parent.name) for one in found] == [
            (one, one.name, one.parent.name) for one in plain
        ]


def test_several_values_and_one_statement():
    city = small_city()
    one_of = Compiled(lambda id, parent: Place.objects.filter(id=id, parent=parent), values=2)
    assert one_of.first(city.willow_1.id, city.willow.id) == city.willow_1
    with CaptureQueriesContext(connection) as asked:
        assert one_of.first(city.willow.id, city.willow_1.id) is None
    assert len(asked) == 1


def test_too_few_values_are_an_error():
    two = Compiled(lambda id, parent: Place.objects.filter(id=id, parent=parent), values=2)
    with pytest.raises(ValueError, match="argument"):
        two(new_id())


def test_a_kept_statement_takes_moments_lists_and_deferred_fields():
    city = small_city()
    kept = Kept()

    def build():
        found = Place.objects.filter(id__in=[mark(0), mark(1)], since__lte=MOMENT.date()).defer("landmark")
        return found.order_by("code")

    for one, other in ((city.willow, city.peach), (city.willow_1, city.willow_2)):
        found = kept.rows("two", build, {mark(0): one.id, mark(1): other.id})
        assert {place.id for place in found} == {one.id, other.id}
        assert all("landmark" not in place.__dict__ and place.landmark is not None for place in found)


def test_no_more_than_the_most_recent_are_kept():
    kept, made = Kept(most=2), []
    for key in (1, 2, 3, 2, 1):
        assert kept.answers(key, lambda key=key: (made.append(key), ("SELECT %s", (key,)))[1], {}) == [(key,)]
    assert made == [1, 2, 3, 1]


def test_a_peek_becomes_the_same_model_as_a_whole_one_stands_for():
    city = small_city()

    def build():
        return (
            Place.objects.filter(parent=mark(0)).select_related("parent").only("name", "parent__code").order_by("code")
        )

    peeks = Kept().peeks("children", build, {mark(0): city.willow.id})
    wholes = [Whole(one) for one in Place.objects.filter(parent=city.willow).order_by("code")]
    assert len(peeks) == len(wholes) > 1
    for peek, whole in zip(peeks, wholes, strict=True):
        assert (peek["id"], peek["name"], peek["parent_id"]) == (whole["id"], whole["name"], whole["parent_id"])
        assert peek.read() == whole.read()
        with CaptureQueriesContext(connection) as asked:
            assert peek.read().parent.code == city.willow.code
        assert len(asked) == 0
    with pytest.raises(KeyError):
        peeks[0]["landmark"]


def test_nothing_is_asked_where_nothing_can_be_found():
    with CaptureQueriesContext(connection) as asked:
        assert Kept().rows("none", lambda: Place.objects.filter(pk__in=[]), {}) == []
    assert len(asked) == 0


def test_a_shape_holds_no_id_and_tells_units_apart():
    place, unit = new_id(), new_id()

    def actor(*units):
        posts = tuple(HeldPost(new_id(), "dispatcher", one, place, "53/5304/") for one in units)
        return Actor(person=new_id(), name="陈静", posts=posts, post=posts[0], follows=frozenset([new_id()]))

    one, other, two = shape_of(actor(unit, unit)), shape_of(actor(new_id(), new_id())), shape_of(actor(unit, unit))
    assert one.by == two.by != other.by
    assert unit in one.values.values()
    assert unit not in {post.unit for post in one.by.posts}
    assert one.by.name == ""


def test_a_list_of_texts_may_stand_in_for_a_mark():
    city, kept = small_city(), Kept()
    asked = (
        "SELECT name FROM places_place WHERE name = ANY((ARRAY[%s])::varchar(9)[])",
        (text_mark(3),),
    )  # as Django writes it
    for names in ([city.willow.name], [city.willow.name, city.peach.name], []):
        assert {name for (name,) in kept.answers("named", lambda: asked, {text_mark(3): names})} == set(names)

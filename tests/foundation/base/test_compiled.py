"""Querysets whose SQL is made once read as Django reads them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast_places import small_city
from shanzhi.foundation.base.compiled import Compiled
from shanzhi.foundation.base.ids import new_id
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

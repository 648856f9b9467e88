"""No actor sees no row; the wrong actor sees no row of others; only the house and a named purpose see more."""

import datetime

import pytest
from django.db import ProgrammingError, connection, transaction

from shanzhi.foundation.base.ids import new_id
from shanzhi.registers.people.models import Access, Household, HouseholdMember, Person, Phone

pytestmark = pytest.mark.django_db
PERSONAL = (Person, Phone, HouseholdMember)


def become(actor: str = "", purpose: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('shanzhi.actor', %s, true), set_config('shanzhi.purpose', %s, true)", [actor, purpose]
        )


@pytest.fixture
def wang(city) -> Person:
    become("system")
    person = Person.objects.create(name="王秀英")
    Phone.objects.create(person=person, number="+8613800000001")
    home = Household.objects.create(place=city.willow, door="3-2-501")
    HouseholdMember.objects.create(household=home, person=person, since=datetime.date(2020, 1, 1))
    become()
    return person


@pytest.mark.parametrize("model", PERSONAL)
def test_no_actor_sees_no_row(wang, model):
    assert model.objects.count() == 0
    become(purpose="curiosity")
    assert model.objects.count() == 0


@pytest.mark.parametrize("model", PERSONAL)
def test_another_person_sees_no_row(wang, model):
    become(str(new_id()))
    assert model.objects.count() == 0


@pytest.mark.parametrize("model", PERSONAL)
def test_oneself_the_house_and_a_purpose_see_the_row(wang, model):
    become(str(wang.id))
    assert model.objects.count() == 1
    become("system")
    assert model.objects.count() == 1
    become(str(new_id()), purpose="housing repair")
    assert model.objects.count() == 1


def test_a_purpose_does_not_let_write(wang):
    become(str(new_id()), purpose="housing repair")
    assert Person.objects.filter(id=wang.id).update(name="x") == 0
    assert Phone.objects.all().delete()[0] == 0
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Person.objects.create(name="x")


def test_the_owner_of_the_tables_is_bound_as_well(wang):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relforcerowsecurity AND relname LIKE 'people%%'")
        assert cursor.fetchone() == (3,)


def test_the_access_log_cannot_be_changed(wang):
    Access.objects.create(about=wang, why="test", fields=["name"])
    for statement in ("UPDATE people_access SET why = 'x'", "DELETE FROM people_access"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)

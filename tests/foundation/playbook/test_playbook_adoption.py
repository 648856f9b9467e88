"""The nearest adoption wins, each day keeps what applied on it, and what is stored cannot change."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from playbook_baskets import basket

from shanzhi.foundation.base.actor import NOBODY, SYSTEM, Actor
from shanzhi.foundation.base.refusals import Denied, Invalid, NotFound
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.playbook import queries, services
from shanzhi.foundation.playbook.models import Adoption, Version

pytestmark = pytest.mark.django_db

CITY, COUNTY, TOWN = uuid4(), uuid4(), uuid4()
CHAIN = [TOWN, COUNTY, CITY]


@pytest.fixture(autouse=True)
def two_playbooks(write):
    write("base", {"baskets/a.yaml": basket("桃")})
    write("city", {"baskets/b.yaml": basket("李")}, extends="base")


def slug_of(chain=CHAIN, on=None):
    found = queries.playbook_of(chain, on)
    return found.slug if found else None


def test_nothing_adopted():
    assert slug_of() is None


def test_the_nearest_adoption_wins():
    services.apply("base", place=CITY, by=SYSTEM)
    assert slug_of() == "base"
    services.apply("city", place=COUNTY, by=SYSTEM)
    assert slug_of() == "city"
    assert slug_of([CITY]) == "base"


def test_what_applied_on_a_past_day_is_known():
    services.apply("base", place=CITY, by=SYSTEM, from_date=date(2025, 3, 1))
    services.apply("city", place=CITY, by=SYSTEM, from_date=timezone.localdate() + timedelta(days=7))
    assert slug_of(on=date(2025, 2, 28)) is None
    assert slug_of(on=date(2025, 3, 1)) == "base"
    assert slug_of() == "base"
    assert slug_of(on=timezone.localdate() + timedelta(days=7)) == "city"


def test_the_past_of_a_place_cannot_be_rewritten():
    services.apply("base", place=CITY, by=SYSTEM, from_date=date(2025, 3, 1))
    with pytest.raises(Invalid):
        services.apply("city", place=CITY, by=SYSTEM, from_date=date(2025, 4, 1))


def test_leaving_goes_back_to_the_place_above():
    services.apply("base", place=CITY, by=SYSTEM)
    services.apply("city", place=TOWN, by=SYSTEM)
    services.leave(place=TOWN, by=SYSTEM)
    assert slug_of() == "base"
    assert len(queries.adoptions_of(place=TOWN)) == 2


def test_doing_it_twice_changes_nothing():
    first = services.apply("city", place=CITY, by=SYSTEM)
    again = services.apply("city", place=CITY, by=SYSTEM)
    assert first == again
    assert (Adoption.objects.count(), Version.objects.filter(slug="city").count()) == (1, 1)


def test_comments_make_no_version_and_content_does(write):
    first = services.apply("city", place=CITY, by=SYSTEM).version
    write("city", {"baskets/b.yaml": "# a note\n" + basket("李")}, extends="base")
    assert services.apply("city", place=CITY, by=SYSTEM).version == first
    write("city", {"baskets/b.yaml": basket("杏")}, extends="base")
    second = services.apply("city", place=CITY, by=SYSTEM).version
    assert second != first
    assert queries.version(first.id).document("baskets", "b").fruits[0].title["zh-hans"] == "李"
    assert queries.playbook_of(CHAIN) == second


def test_a_version_has_all_it_extends_and_the_texts():
    version = services.apply("city", place=CITY, by=SYSTEM).version
    assert version.documents("baskets").keys() == {"a", "b"}
    assert version.texts["base/baskets/a.yaml"] == basket("桃")
    assert version.document("baskets", "none") is None
    assert version.document("baskets", "a") is version.document("baskets", "a")
    assert version.sheet.playbook == "city"
    with pytest.raises(NotFound):
        queries.version(uuid4())


def test_text_with_errors_is_not_adopted(write):
    write("city", {"baskets/b.yaml": "fruts: []\n"}, extends="base")
    with pytest.raises(Invalid, match="baskets/b.yaml:1:1"):
        services.apply("city", place=CITY, by=SYSTEM)
    assert not Version.objects.filter(slug="city").exists()


def test_only_the_house_adopts():
    for by in (NOBODY, Actor(person=uuid4(), name="吴刚")):
        with pytest.raises(Denied):
            services.apply("city", place=CITY, by=by)
        with pytest.raises(Denied):
            services.leave(place=CITY, by=by)
    assert not Adoption.objects.exists()


def test_the_journal_says_so():
    made = services.apply("city", place=CITY, by=SYSTEM)
    (fact,) = facts_about(CITY)
    assert (fact.kind, fact.place) == ("playbook.adopted", CITY)
    assert fact.data["playbook_version"] == str(made.version_id)


@pytest.mark.parametrize("change", ["UPDATE {} SET recorded = now()", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["playbook_version", "playbook_adoption"])
def test_the_database_refuses_changes(table, change):
    services.apply("city", place=CITY, by=SYSTEM)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_the_owner_cannot_change_them_either():
    services.apply("city", place=CITY, by=SYSTEM)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:  # noqa: PT012
        cursor.execute("RESET ROLE")
        cursor.execute("DELETE FROM playbook_adoption")


def test_reading_again_costs_nothing(django_assert_num_queries):
    services.apply("city", place=CITY, by=SYSTEM)
    slug_of()
    with django_assert_num_queries(0):
        assert slug_of() == "city"
        queries.playbook_of(CHAIN).document("baskets", "a")


def test_another_process_is_seen_within_two_seconds(monkeypatch, django_assert_num_queries):
    from shanzhi.foundation.playbook import adoptions

    version = services.apply("base", place=CITY, by=SYSTEM).version
    assert slug_of() == "base"
    Adoption.objects.create(place=TOWN, version=services.store(queries.load("city")), from_date=timezone.localdate())
    assert slug_of() == "base"  # not looked yet
    monkeypatch.setattr(adoptions._held, "looked", adoptions._held.looked - adoptions.EVERY)
    with django_assert_num_queries(3):  # the revision, the rows, the version
        assert slug_of() == "city"
    assert version.slug == "base"


def test_a_request_with_a_session_sees_another_process_at_once_and_need_not_look(
    monkeypatch, django_assert_num_queries
):
    from django.contrib.sessions.backends.db import SessionStore as Plain

    from shanzhi.foundation.playbook import adoptions
    from shanzhi.registers.people.sessions import SessionStore

    services.apply("base", place=CITY, by=SYSTEM)
    assert slug_of() == "base"
    monkeypatch.setattr(adoptions._held, "written", None)  # as after a commit
    kept = Plain()
    kept.save()
    Adoption.objects.create(place=TOWN, version=services.store(queries.load("city")), from_date=timezone.localdate())
    SessionStore(kept.session_key).load()
    assert slug_of() == "city"
    monkeypatch.setattr(adoptions._held, "looked", float("-inf"))
    SessionStore(kept.session_key).load()
    with django_assert_num_queries(0):
        assert slug_of() == "city"


def test_a_rollback_is_unseen_at_once():
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        services.apply("city", place=CITY, by=SYSTEM)
        assert slug_of() == "city"
        raise ZeroDivisionError
    assert slug_of() is None


def test_a_day_is_a_day_in_china():
    with time_machine.travel("2026-03-01T16:30:00Z", tick=False):
        services.apply("city", place=CITY, by=SYSTEM)
        assert queries.adoptions_of("city")[0].from_date == date(2026, 3, 2)

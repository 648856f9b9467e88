"""Appending facts: one statement, declared kinds only, never changed afterwards."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from foundation.journal.kinds import Counted, Opened
from shanzhi.foundation.base.actor import SYSTEM, Actor, HeldPost
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.journal import services
from shanzhi.foundation.journal.facts import Code, Fact, UndeclaredFact
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.journal.services import append, command

pytestmark = pytest.mark.django_db


def rows(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def test_many_facts_are_one_insert(django_assert_num_queries):
    about = uuid4()
    with django_assert_num_queries(1):
        ids = append(Opened(thing=about), Counted(number=3), about=about, by=SYSTEM)
    assert ids == [row[0] for row in rows("SELECT id FROM journal_fact WHERE about = %s ORDER BY recorded, id", about)]


def test_a_fact_knows_who_where_when_and_why():
    post = HeldPost(id=new_id(), role="handler", unit=new_id(), place=new_id(), place_path="53/")
    by, about, place = Actor(person=new_id(), post=post), uuid4(), uuid4()
    then = timezone.now() - timedelta(days=400)
    append(Counted(number=1), about=about, by=by, place=place, at=then, purpose="recount")
    found = rows("SELECT at, place, person, post, purpose, recorded > at FROM journal_fact WHERE about = %s", about)
    assert found == [(then, place, by.person, post.id, "recount", True)]


def test_an_undeclared_kind_is_refused():
    class Stray(Fact):
        kind = "test.stray"
        code: Code

    with pytest.raises(UndeclaredFact, match="declare"):
        append(Stray(code="a"), about=uuid4(), by=SYSTEM)


def test_purpose_is_a_code():
    with pytest.raises(ValueError, match="no free text"):
        append(Counted(number=1), about=uuid4(), by=SYSTEM, purpose="because she asked")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_fact SET kind = 'test.other'",
        "DELETE FROM journal_fact",
        "TRUNCATE journal_fact",
        "TRUNCATE journal_fact_default",
        "UPDATE journal_position SET position = position + 1",
        "DELETE FROM journal_position",
        "TRUNCATE journal_position",
        "DELETE FROM journal_seal",
        "UPDATE journal_receipt SET result = '{}'",
    ],
)
@pytest.mark.parametrize("role", ["serving", "owner"])
def test_nothing_recorded_changes(statement, role):
    with command("test", by=SYSTEM, key=uuid4()):
        append(Counted(number=1), about=uuid4(), by=SYSTEM)
    rows("SELECT journal_sequence(10)")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_seal (last, first, previous, leaves, hash) VALUES (1, 1, '', %s, '')", [b"0" * 32]
        )
        if role == "owner":
            cursor.execute("RESET ROLE")
    message = "permission denied" if role == "serving" else "append-only"
    try:
        with pytest.raises(DatabaseError, match=message), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE shanzhi_app")


def test_the_serving_role_cannot_say_when_it_was_recorded():
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows(
            "INSERT INTO journal_fact (id, kind, version, about, at, data, recorded) "
            "VALUES (uuidv7(), 'test.counted', 1, uuidv7(), now(), '{}', now() - interval '1 day') RETURNING id"
        )


def test_the_serving_role_cannot_go_round_the_queue():
    """The queueing trigger is on the parent: writing to a partition itself would escape it."""
    month = rows("SELECT 'journal_fact_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')")[0][0]
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows(
            f"INSERT INTO {month} (id, kind, version, about, at, data) VALUES (uuidv7(), 'test.x', 1, uuidv7(), now(), '{{}}')"
        )


def test_facts_about_many_subjects_go_in_by_the_thousand(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(services, "BATCH", 2)
    abouts = [uuid4() for _ in range(5)]
    with django_assert_num_queries(3):
        ids = services.append_many([services.Entry(Counted(number=1), about) for about in abouts], by=SYSTEM)
    assert ids == [fact.id for about in abouts for fact in facts_about(about)]

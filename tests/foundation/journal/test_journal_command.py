"""Commands: the actor in the database, one answer a key."""

from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import connection, transaction

from foundation.journal.kinds import Counted
from shanzhi.foundation.base.actor import NOBODY, SYSTEM, Actor
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.journal.services import append, as_actor, command

pytestmark = pytest.mark.django_db
ALICE, BOB = Actor(person=uuid4(), name="Alice"), Actor(person=uuid4(), name="Bob")


def seen():
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(journal_actor(), ''), coalesce(journal_purpose(), '')")
        return cursor.fetchone()


def test_the_actor_is_set_inside_and_gone_outside():
    with command("test", by=ALICE, purpose="care"):
        assert seen() == (ALICE.key, "care")
    assert seen() == ("", "")


def test_nested_actors_come_and_go():
    with command("outer", by=ALICE):
        with command("inner", by=SYSTEM):
            assert seen()[0] == "system"
            with as_actor(BOB, "help"):
                assert seen() == (BOB.key, "help")
            assert seen() == ("system", "")
        assert seen() == (ALICE.key, "")


def test_a_refused_read_puts_the_outer_actor_back():
    with command("outer", by=ALICE):
        with pytest.raises(Denied), as_actor(BOB):
            raise Denied("no")
        assert seen()[0] == ALICE.key


def test_a_refused_command_leaves_nothing():
    about = uuid4()

    def refused():
        with command("test", by=ALICE, key="k"):
            append(Counted(number=1), about=about, by=ALICE)
            raise Denied("no")

    with pytest.raises(Denied):
        refused()
    assert facts_about(about) == []
    assert seen() == ("", "")
    with command("test", by=ALICE, key="k") as run:
        assert not run.replayed


def test_a_refusal_inside_undoes_the_whole_even_if_caught():
    def outer():
        with command("outer", by=ALICE):
            with suppress(Denied), command("inner", by=ALICE):
                raise Denied("no")
            append(Counted(number=1), about=uuid4(), by=ALICE)

    with pytest.raises(transaction.TransactionManagementError):
        outer()


def test_a_retry_gets_the_first_answer():
    key, case = uuid4(), uuid4()
    with command("open", by=ALICE, key=key, body={"words": "井盖坏了 𠮷"}) as run:
        run.result["case"] = case
    with command("open", by=ALICE, key=key, body={"words": "井盖坏了 𠮷"}) as again:
        assert again.replayed
        assert again.result == {"case": str(case)}


@pytest.mark.parametrize(("by", "body"), [(ALICE, {"n": 2}), (BOB, {"n": 1}), (NOBODY, {"n": 1})])
def test_a_key_opens_only_its_own_answer(by, body):
    with command("open", by=ALICE, key="k", body={"n": 1}):
        pass
    with pytest.raises(Conflict) as refused, command("open", by=by, key="k", body=body):
        raise AssertionError("must not run")
    assert refused.value.code == "key-reused"


def test_one_key_serves_a_command_and_the_commands_inside_it():
    for replayed in (False, True):
        with command("report", by=ALICE, key="k") as outer:
            assert outer.replayed is replayed
            if not outer.replayed:
                with command("open", by=ALICE, key="k") as inner:
                    inner.result["n"] = 1


@pytest.mark.parametrize("key", ["", "x" * 201, "a\0b"])
def test_a_key_that_cannot_be_kept_is_refused(key):
    with pytest.raises(Invalid), command("open", by=ALICE, key=key):
        pass


def test_one_statement_opens_and_one_closes(sql_of):
    with sql_of() as found, command("open", by=ALICE, key="k"):
        append(Counted(number=1), about=uuid4(), by=ALICE)
    assert [sql.split("(")[0].split(" FROM ")[-1] for sql in found] == ["journal_begin", "WITH facts AS "]
    assert "INSERT INTO journal_fact" in found[1]
    assert "INSERT INTO journal_receipt" in found[1]
    with sql_of() as found, command("open", by=ALICE), command("more", by=ALICE), as_actor(ALICE):
        pass
    assert len(found) == 1

"""Two at once: late commits, retries that overtake, long transactions elsewhere."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from django.db import connections, transaction

from config import localpg
from foundation.journal.kinds import Counted, Opened
from scratch import url
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.refusals import Conflict
from shanzhi.foundation.journal import delivery
from shanzhi.foundation.journal.partitions import make_partitions
from shanzhi.foundation.journal.queries import facts_about, facts_after
from shanzhi.foundation.journal.rows import select
from shanzhi.foundation.journal.services import append, as_actor, command
from shanzhi.foundation.journal.verification import verify

pytestmark = [pytest.mark.kill, pytest.mark.usefixtures("scratch_database")]


def count(number, about=None):
    with transaction.atomic():
        return append(Counted(number=number), about=about or uuid4(), by=SYSTEM)[0]


def alone(work):
    """In a thread with its own connection."""

    def run(*args):
        try:
            return work(*args)
        finally:
            connections.close_all()

    return run


def numbers():
    return [fact.data["number"] for fact in facts_after(0)]


def test_what_commits_late_is_not_skipped():
    appended, may_commit = threading.Event(), threading.Event()

    @alone
    def late():
        with transaction.atomic():
            append(Counted(number=1), about=uuid4(), by=SYSTEM)
            appended.set()
            may_commit.wait(10)

    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(late)
        appended.wait(10)
        count(2)
        assert delivery.sequence() == 1
        assert numbers() == [2]
        may_commit.set()
        waiting.result()
    assert delivery.sequence() == 1
    assert numbers() == [2, 1]


def test_a_long_transaction_elsewhere_stalls_nothing(scratch_database):
    with psycopg.connect(url(scratch_database, localpg.OWNER)) as long:
        long.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        long.execute("CREATE TABLE holds_a_transaction_id ()")
        count(1)
        assert delivery.sequence() == 1
        long.rollback()


def test_who_waited_recorded_later():
    """The waiter's transaction began first; its fact still comes second, as it happened."""
    about, begun, locked = uuid4(), threading.Event(), threading.Event()

    @alone
    def waiter():
        with transaction.atomic():
            select("SELECT now()")
            begun.set()
            locked.wait(10)
            select("SELECT pg_advisory_xact_lock(42)")
            append(Counted(number=2), about=about, by=SYSTEM)

    with ThreadPoolExecutor() as threads:
        second = threads.submit(waiter)
        begun.wait(10)
        with transaction.atomic():
            select("SELECT pg_advisory_xact_lock(42)")
            locked.set()
            time.sleep(0.1)
            append(Counted(number=1), about=about, by=SYSTEM)
        second.result()
    delivery.sequence()
    assert numbers() == [1, 2]
    assert [fact.data["number"] for fact in facts_about(about)] == [1, 2]


def test_a_double_tap_acts_once():
    key, about, start = uuid4(), uuid4(), threading.Barrier(8)

    @alone
    def tap(_):
        start.wait(10)
        with command("open", by=SYSTEM, key=key, body={"n": 1}) as run:
            if not run.replayed:
                time.sleep(0.05)  # the others look while this one works
                append(Counted(number=1), about=about, by=SYSTEM)
                run.result["case"] = str(uuid4())
        return run.replayed, run.result["case"]

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(tap, range(8)))
    assert sorted(replayed for replayed, _ in answers) == [False] + [True] * 7
    assert len({case for _, case in answers}) == 1
    assert len(facts_about(about)) == 1


def test_a_key_is_free_again_when_its_first_user_failed():
    key, inside = uuid4(), threading.Event()

    @alone
    def fails():
        with command("open", by=SYSTEM, key=key):
            inside.set()
            time.sleep(0.1)
            raise Conflict("no")

    with ThreadPoolExecutor() as threads:
        first = threads.submit(fails)
        inside.wait(10)
        with command("open", by=SYSTEM, key=key) as run:
            assert not run.replayed
        with pytest.raises(Conflict):
            first.result()


def test_the_actor_ends_with_the_transaction():
    alice = Actor(person=uuid4())
    with as_actor(alice, "care"):
        assert select("SELECT journal_actor(), journal_purpose()") == [(alice.key, "care")]
    assert select("SELECT journal_actor(), journal_purpose()") == [(None, None)]
    with command("test", by=alice):
        assert select("SELECT journal_actor()") == [(alice.key,)]
    assert select("SELECT journal_actor()") == [(None,)]


def test_a_fact_belongs_to_a_transaction():
    with pytest.raises(RuntimeError, match="inside"):
        append(Counted(number=1), about=uuid4(), by=SYSTEM)


def test_live_pages_hear_of_each_batch(scratch_database):
    about, place = uuid4(), uuid4()
    with psycopg.connect(url(scratch_database, localpg.APP), autocommit=True) as ear:
        ear.execute("LISTEN shanzhi_live")
        with transaction.atomic():
            append(Opened(thing=about), Opened(thing=about), about=about, by=SYSTEM, place=place)
            for _ in range(400):
                append(Counted(number=1), about=uuid4(), by=SYSTEM)
        delivery.sequence()
        heard = [note.payload for note in ear.notifies(timeout=2, stop_after=8)]
    lines = "\n".join(heard).split("\n")
    assert lines.count(f"test.opened|{about}|{place}") == 1
    assert len(lines) == 401
    assert all(line.endswith("|") for line in lines if line.startswith("test.counted|"))


def test_facts_without_a_month_move_into_it_later(owner):
    """Nobody made months for a quarter of a year: nothing is refused, and the months can still be made."""
    month = owner.execute("SELECT 'journal_fact_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')").fetchone()[0]
    owner.execute(f"DROP TABLE {month}")
    first = count(1)
    delivery.sequence()
    assert owner.execute("SELECT count(*) FROM journal_fact_default").fetchone() == (1,)
    assert make_partitions() == 1
    assert make_partitions() == 0
    assert owner.execute(f"SELECT id FROM {month}").fetchone() == (first,)
    assert owner.execute("SELECT count(*) FROM journal_fact_default").fetchone() == (0,)
    count(2)
    delivery.sequence()
    assert numbers() == [1, 2]
    assert verify().broken is None
    for statement in (f"DELETE FROM {month}", f"TRUNCATE {month}", "UPDATE journal_fact_default SET version = 2"):
        if statement.startswith("UPDATE"):
            continue  # empty: a row trigger has nothing to refuse
        with pytest.raises(psycopg.Error, match="append-only"):
            owner.execute(statement)

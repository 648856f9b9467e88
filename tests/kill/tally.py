"""A subscriber whose effect is rows without any unique key: a fact handled twice shows, and so does a lost one."""

from __future__ import annotations

import random
import time
from uuid import uuid4

import psycopg
from django.db import connection, connections, transaction

from foundation.journal.kinds import Counted
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal.pump import Pump
from shanzhi.foundation.journal.rows import StoredFact, select
from shanzhi.foundation.journal.services import append, command

TABLES = """
CREATE TABLE written (fact uuid NOT NULL);
CREATE TABLE tally (turn bigserial, fact uuid NOT NULL, position bigint NOT NULL);
"""


def make_tables(owner: psycopg.Connection) -> None:
    owner.execute(TABLES)


def tally(facts: list[StoredFact]) -> None:
    for fact in facts:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO tally (fact, position) VALUES (%s, %s)", [fact.id, fact.position])
        time.sleep(random.random() / 2000)  # so that a kill hits the middle of a batch


def write(rounds: int) -> None:
    """Commands of different length, a tenth of them refused; the ids are kept in the same transaction."""
    for _ in range(rounds):
        try:
            with command("write", by=SYSTEM, key=uuid4()):
                ids = append(*[Counted(number=n) for n in range(random.randint(1, 4))], about=uuid4(), by=SYSTEM)
                with connection.cursor() as cursor:
                    cursor.executemany("INSERT INTO written (fact) VALUES (%s)", [[id] for id in ids])
                time.sleep(random.random() / 100)
                if random.random() < 0.1:
                    raise ValueError
        except ValueError:
            pass
    connections.close_all()


def pump() -> None:
    Pump(seal_every=0.02, poll=0.05).run()


def settled() -> bool:
    """Has the one subscriber seen everything that is committed?"""
    with transaction.atomic():
        (waiting,) = select("SELECT count(*) FROM journal_unsequenced")[0]
        (behind,) = select(
            "SELECT count(*) FROM journal_position WHERE position > (SELECT min(position) FROM journal_cursor)"
        )[0]
    return not waiting and not behind


def assert_nothing_lost_or_doubled() -> int:
    """Written = in the journal = sequenced = handled, each once, in order. Answers how many facts there were."""
    written = sorted(row[0] for row in select("SELECT fact FROM written"))
    assert sorted(row[0] for row in select("SELECT id FROM journal_fact")) == written
    assert sorted(row[0] for row in select("SELECT fact FROM tally")) == written
    positions = select("SELECT position, fact_id FROM journal_position ORDER BY position")
    assert [row[0] for row in positions] == list(range(1, len(written) + 1))
    assert select("SELECT position, fact FROM tally ORDER BY turn") == positions
    return len(written)

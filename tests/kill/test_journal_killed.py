"""SIGKILL anywhere: sequencer, subscribers, sealer and writers lose nothing and do nothing twice."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from kill import tally
from kill.processes import spawn, until
from scratch import environment
from shanzhi.foundation.journal import subscription
from shanzhi.foundation.journal.rows import select
from shanzhi.foundation.journal.sealing import seal
from shanzhi.foundation.journal.subscribers import subscriber
from shanzhi.foundation.journal.verification import verify

pytestmark = pytest.mark.kill
KILLS = 60


@pytest.fixture
def tables(owner, monkeypatch):
    monkeypatch.setattr(subscription, "_subscribers", {})
    monkeypatch.setattr(subscription, "autodiscover_modules", lambda name: None)
    tally.make_tables(owner)
    subscriber("tally", kinds=("test.",), batch=20)(tally.tally)


def test_sigkill_many_times(tables):
    writers = [spawn(tally.write, 400) for _ in range(2)]
    pumps = [spawn(tally.pump) for _ in range(2)]
    for turn in range(KILLS):
        time.sleep(random.uniform(0.005, 0.12))
        herd = writers if turn % 10 == 9 else pumps
        victim = random.randrange(2)
        assert all(pump.is_alive() for pump in pumps)
        herd[victim].kill()
        herd[victim].join()
        herd[victim] = spawn(tally.write, 400) if herd is writers else spawn(tally.pump)
    for writer in writers:
        writer.join()
    until(tally.settled, 30)
    for pump in pumps:
        os.kill(pump.pid, signal.SIGTERM)
        pump.join(10)
        assert pump.exitcode == 0
    assert tally.assert_nothing_lost_or_doubled() > 100
    seal()
    report = verify()
    assert report.broken is None
    assert report.seals > 1


def test_the_pump_outlives_its_connections(tables, owner):
    pump = spawn(tally.pump)
    writer = spawn(tally.write, 60)
    for _ in range(8):
        time.sleep(0.1)
        owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND (query ~ 'journal_cursor|journal_sequence|INTO tally|LISTEN')  AND pid <> pg_backend_pid()"
        )
    writer.join()
    until(tally.settled, 30)
    assert pump.is_alive()
    os.kill(pump.pid, signal.SIGTERM)
    pump.join(10)
    assert pump.exitcode == 0
    tally.assert_nothing_lost_or_doubled()


def test_the_command_runs_wakes_and_stops(scratch_database, owner):
    """`shanzhi journal run`, the whole installation: a commit wakes it long before its next look."""
    process = subprocess.Popen(
        [sys.executable, "-m", "config.cli", "journal", "run", "--poll-seconds", "60"],
        env=environment(scratch_database, PYTHONPATH=os.pathsep.join(sys.path)),
    )
    try:
        until(lambda: owner.execute("SELECT 1 FROM pg_stat_activity WHERE query = 'LISTEN journal'").fetchone(), 60)
        until(lambda: select("SELECT count(*) FROM journal_cursor") is not None)
        time.sleep(0.5)
        owner.execute(tally.TABLES)
        spawn(tally.write, 5).join()
        until(lambda: select("SELECT count(*) FROM journal_unsequenced") == [(0,)], 5)
        assert select("SELECT count(*) FROM journal_position") == select("SELECT count(*) FROM written")
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    finally:
        process.kill()
        process.wait()

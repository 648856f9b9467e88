"""The restore drill: dump while people write, restore elsewhere, go on."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from config import localpg
from kill import tally
from kill.conftest import pointed_at
from kill.processes import spawn, until
from scratch import url
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal import delivery, subscription
from shanzhi.foundation.journal.queries import last_position
from shanzhi.foundation.journal.rows import select
from shanzhi.foundation.journal.sealing import seal
from shanzhi.foundation.journal.services import command
from shanzhi.foundation.journal.subscribers import run_once, subscriber
from shanzhi.foundation.journal.verification import verify

pytestmark = pytest.mark.kill


@pytest.fixture
def dump_file() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())  # the server's user writes here; a test's own folder is closed to it
    folder.chmod(0o777)
    yield folder / "journal.dump"
    shutil.rmtree(folder)


@pytest.fixture
def restored(scratch_database) -> Iterator[str]:
    name = f"{scratch_database}_restored"
    with psycopg.connect(url("postgres", localpg.OWNER), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield name
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_restored_journal_goes_on(scratch_database, owner, restored, dump_file, monkeypatch):
    monkeypatch.setattr(subscription, "_subscribers", {})
    monkeypatch.setattr(subscription, "autodiscover_modules", lambda name: None)
    tally.make_tables(owner)
    subscriber("tally", kinds=("test.",), batch=20)(tally.tally)
    with command("kept", by=SYSTEM, key="before the dump") as run:
        run.result["case"] = 7
    spawn(tally.write, 20).join()
    run_once()
    seal()
    sealed = last_position()

    writer = spawn(tally.write, 200)
    until(lambda: select("SELECT count(*) FROM journal_unsequenced")[0][0] > 3)
    delivery.sequence()  # some sequenced and not delivered, some not even sequenced
    until(lambda: select("SELECT count(*) FROM journal_unsequenced")[0][0] > 3)
    cluster, host = localpg.Cluster(), settings.DATABASES["default"]["HOST"]
    server = ("-h", host, "-U", localpg.SUPERUSER)
    cluster.run("pg_dump", *server, "-Fc", "-f", str(dump_file), scratch_database)
    writer.kill()
    writer.join()
    cluster.run("pg_restore", *server, "--exit-on-error", "-d", restored, str(dump_file))

    with pointed_at(restored):
        assert select("SELECT count(*) FROM journal_unsequenced")[0][0] > 3
        before = last_position()
        assert before > sealed
        spawn(tally.write, 10).join()
        assert run_once() > 0
        assert last_position() > before
        assert tally.assert_nothing_lost_or_doubled() == last_position()
        seal()
        report = verify()
        assert (report.broken, report.facts) == (None, last_position())
        with command("kept", by=SYSTEM, key="before the dump") as again:
            assert (again.replayed, again.result) == (True, {"case": 7})

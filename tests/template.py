"""The migrated database that each run's own are copied from: migrating takes a process three seconds, copying a third of one.

Kept between runs. Made anew when a migration, the packages, the settings or the month has changed (the journal has partitions of each
month), and with `--create-db`. A copy is migrated all the same, which usually finds nothing to do.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
MADE_OF = (
    "requirements/*.lock",
    "src/config/settings/*.py",
    "src/shanzhi/*/*/migrations/*.py",
    "src/shanzhi/foundation/base/ids.py",  # all that migrations import of ours
)
FOUND = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"


def fingerprint(root: Path = ROOT) -> str:
    found = sha256(f"{datetime.now(UTC):%Y-%m}".encode())
    for file in sorted(file for pattern in MADE_OF for file in root.glob(pattern)):
        found.update(f"\0{file.relative_to(root)}\0".encode() + file.read_bytes())
    return found.hexdigest()


def template(*, anew: bool = False) -> str:
    """The name of a database as the migrations of now leave it. Of processes side by side one makes it, the others wait."""
    name = f"{os.environ.get('SHANZHI_TEST_DB', 'test_shanzhi')}_migrated"
    wanted = fingerprint()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])  # until this connection ends
        cursor.execute(FOUND, [name])
        if anew or (cursor.fetchone() or (None,))[0] != wanted:
            _make(name)
            cursor.execute(f"COMMENT ON DATABASE {connection.ops.quote_name(name)} IS '{wanted}'")
    return name


def _make(name: str) -> None:
    ours = connection.settings_dict
    before, named = ours["NAME"], ours["TEST"]["NAME"]
    ours["TEST"]["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        ours["NAME"], ours["TEST"]["NAME"] = before, named

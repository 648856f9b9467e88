"""What a database of our own cluster has already: asked before steps of the start that would only find nothing to do.

In this machine's own cluster alone; where DATABASE_URL names a server, every step is taken each time.
"""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

from config.localpg import DATABASE, ROOT, Cluster


def known(cluster: Cluster, database: str = DATABASE) -> bool:
    """Has it all migrations of this checkout and of the packages beneath? Never yes if in doubt."""
    stamp = _stamp(cluster, database)
    return stamp.exists() and stamp.read_text() == _now(cluster, database)


def note(cluster: Cluster, database: str = DATABASE) -> None:
    _stamp(cluster, database).write_text(_now(cluster, database))


def lived_in(cluster: Cluster, city: str, database: str = DATABASE) -> bool:
    """Does this city stand, and was one begun to its end? Cases come last. No for a city that is named by its code."""
    name = city.replace("'", "''")
    places = f"SELECT FROM places_place WHERE level = 'city' AND starts_with(name, '{name}')"  # noqa: S608 - our own environment
    return _ask(cluster, f"SELECT EXISTS ({places}) AND EXISTS (SELECT FROM casework_case)", database) == "t"  # noqa: S608


def _stamp(cluster: Cluster, database: str) -> Path:
    return cluster.base / f"migrated-{database}"


def _now(cluster: Cluster, database: str) -> str:
    digest = hashlib.sha256()
    for file in sorted((ROOT / "src").glob("**/migrations/*.py")):
        digest.update(f"{file.relative_to(ROOT)}\n".encode())
    for file in sorted((ROOT / "requirements").glob("*.lock")):
        digest.update(file.read_bytes())
    applied = _ask(cluster, "SELECT count(*), max(id) FROM django_migrations", database)
    return f"{digest.hexdigest()} {applied}"


def _ask(cluster: Cluster, statement: str, database: str) -> str:
    try:
        return cluster.sql(statement, database).strip()
    except subprocess.CalledProcessError:
        return "nothing"

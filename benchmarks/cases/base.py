"""The benchmark's own PostgreSQL: a cluster nobody else uses, so that all of its processor time is ours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from config import localpg

ROOT = localpg.ROOT / ".local" / "bench"
SETTINGS = {
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.track": "top",  # what the application sent; a function's inside is PostgreSQL's time
    "pg_stat_statements.track_utility": "on",  # BEGIN, COMMIT and SAVEPOINT are statements too
    # It would tidy up after the filling in the middle of a measurement: fill.py does that before.
    "autovacuum": "off",
    "shared_buffers": "1GB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
}


class Bench:
    def __init__(self) -> None:
        ROOT.mkdir(parents=True, exist_ok=True)
        self.cluster = localpg.Cluster(ROOT)

    @contextmanager
    def running(self) -> Iterator[Bench]:
        self.cluster.start()
        if "pg_stat_statements" not in self.cluster.sql("SHOW shared_preload_libraries"):
            for name, value in SETTINGS.items():
                self.cluster.sql(f"ALTER SYSTEM SET {name} = '{value}'")
            self.cluster.stop()
            self.cluster.start()
        try:
            yield self
        finally:
            self.cluster.stop()

    def connect(self, name: str, **options: Any) -> psycopg.Connection[Any]:
        """As superuser."""
        return psycopg.connect(self.cluster.url(localpg.SUPERUSER, name), autocommit=True, **options)

    def environment(self, name: str, **more: str) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "benchmarks.cases.settings",
            "DATABASE_URL": self.cluster.url(localpg.APP, name),
            "DATABASE_OWNER_URL": self.cluster.url(localpg.OWNER, name),
            **more,
        }

    def run(self, name: str, *arguments: str, **more: str) -> None:
        subprocess.run([sys.executable, *arguments], env=self.environment(name, **more), check=True)

    def databases(self) -> set[str]:
        return set(self.cluster.sql("SELECT datname FROM pg_database").split())

    def create(self, name: str, template: str = "template0") -> None:
        self.drop(name)
        with self.connect("postgres") as server:
            server.execute(f'CREATE DATABASE "{name}" OWNER {localpg.OWNER} TEMPLATE "{template}" STRATEGY file_copy')

    def drop(self, name: str) -> None:
        with self.connect("postgres") as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def server_pid(self) -> int:
        return int((self.cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])

"""Thirty days of a county with 10,000 reports, every deed through the services: `make bench-simulate`.

A database of its own in this checkout's cluster: the city is founded there first, which does not count. BENCH_CASES and
BENCH_DAYS make it smaller. Counted are the wall clock, and the processor time of the simulating processes and of PostgreSQL.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.report import Row, leave, report
from config import localpg

CASES, DAYS = os.environ.get("BENCH_CASES", "10000"), os.environ.get("BENCH_DAYS", "30")
COUNTY = "530402"
AIM = 180.0
NAME = "bench_simulate"
TICK = os.sysconf("SC_CLK_TCK")


@contextmanager
def database(cluster: localpg.Cluster) -> Iterator[dict[str, str]]:
    """The environment of commands that use the database; it is dropped at the end."""
    cluster.start()
    cluster.sql(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
    cluster.sql(f"CREATE DATABASE {NAME} OWNER {localpg.OWNER}")
    try:
        yield {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "DATABASE_URL": cluster.url(localpg.APP, NAME),
            "DATABASE_OWNER_URL": cluster.url(localpg.OWNER, NAME),
        }
    finally:
        cluster.sql(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def shanzhi(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "config.cli", *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def of_postgres(cluster: localpg.Cluster) -> float:
    """Seconds of processor time of the server and of all of its processes that have ended."""
    pid = (cluster.data / "postmaster.pid").read_text().split("\n", 1)[0].strip()
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / TICK


def of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> bool:
    cluster = localpg.Cluster()
    with database(cluster) as environment:
        shanzhi(environment, "migrate", "-v", "0")
        shanzhi(environment, "begin")
        server, own, began = of_postgres(cluster), of_children(), time.perf_counter()
        said = shanzhi(environment, "simulate", "--days", DAYS, "--cases", CASES, "--county", COUNTY)
        wall = time.perf_counter() - began
        server, own = of_postgres(cluster) - server, of_children() - own
    print(said)
    reports, deeds = map(int, re.search(r"(\d+) reports, (\d+) further", said).groups())  # type: ignore[union-attr]
    whole = (CASES, DAYS) == ("10000", "30")
    rows = [
        Row(f"simulate {DAYS} days, {reports} cases", wall, "s", aim=AIM if whole else None),
        Row("  simulating processes", own, "CPU s"),
        Row("  PostgreSQL", server, "CPU s"),
        Row("  a case", 1000 * (own + server) / reports, "CPU ms"),
        Row("  deeds after the report, a case", deeds / reports, "", better="more"),
    ]
    return report("simulate", rows, notes=NOTES)


NOTES = (
    "Two processes by disjoint communities; no commit waits for the disk, and the server keeps the plans of statements."
)

if __name__ == "__main__":
    leave(main())

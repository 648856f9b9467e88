"""A city with so many cases: those that the services made (`patterns`), multiplied by SQL (`copying`).

Each copy has its own id, happened some time earlier, in another grid, in other words and to another person.
The city and each filled database are kept, for as long as the code that makes them stays the same.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from psycopg import Connection

from benchmarks.cases.base import Bench
from benchmarks.cases.copying import COLUMNS, ID, NUMBER, STAGE, copy_all, without_indexes
from benchmarks.cases.texts import write
from shanzhi.engines.casework.grams import grams

DAYS, OPEN_SHARE, CASES_PER_PERSON = 357, 0.03, 10
PEOPLE = """INSERT INTO people_person (id, name, synthetic, registered_at)
    SELECT uuidv7(), '居民' || n, true, now() FROM generate_series(1, %s) n RETURNING id"""
GRIDS = """SELECT g.id, c.name, b.lon, b.lat FROM places_place g JOIN places_place c ON c.id = g.parent_id
    JOIN places_boundary b ON b.place_id = g.id WHERE g.level = 'grid' ORDER BY g.code"""
MADE_BY = ("copying.py", "fill.py", "patterns.py", "texts.py")
MAKING = "bench_making"
CARELESS = ("fsync", "full_page_writes")


def mark() -> str:
    """Changes with the filling. A change of tables reaches filled databases as it reaches a city: by migrating."""
    seen = hashlib.sha256()
    for name in MADE_BY:
        seen.update(Path(__file__).with_name(name).read_bytes())
    return seen.hexdigest()[:8]


def database_of(bench: Bench, cases: int) -> str:
    """The name of a database with so many cases, made unless it is there. Others than today's are dropped."""
    city, name = f"bench_city_{mark()}", f"bench_filled_{cases}_{mark()}"
    for old in bench.databases():
        if old.startswith(("bench_city_", "bench_filled_")) and not old.endswith(mark()):
            bench.drop(old)
    if city not in bench.databases():
        _say("A city with its staff")
        found(bench, city)
    if name not in bench.databases():
        began = time.monotonic()
        _say(f"{cases:,} cases")
        fill(bench, name, city, cases)
        _say(f"  filled in {time.monotonic() - began:.0f} s")
    bench.run(name, "-m", "config.cli", "migrate", "-v", "0")
    return name


def found(bench: Bench, name: str) -> None:
    bench.create(MAKING)
    bench.run(MAKING, "-m", "config.cli", "migrate", "-v", "0")
    bench.run(MAKING, "-m", "config.cli", "begin")
    with bench.connect(MAKING) as db:
        accounts = {name: str(id) for name, id in db.execute("SELECT username, person_id FROM people_account")}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.cases.patterns"], check=True, stdout=subprocess.PIPE,
            env=bench.environment(MAKING, BENCH_ACCOUNTS=json.dumps(accounts)), text=True,
        )  # fmt: skip
        db.execute("CREATE TABLE bench_pattern (id uuid, category text, open boolean)")
        with db.cursor() as cursor:
            rows = [(one["id"], one["category"], one["open"]) for one in json.loads(done.stdout)]
            cursor.executemany("INSERT INTO bench_pattern VALUES (%s, %s, %s)", rows)
        db.execute("CREATE EXTENSION pg_stat_statements")
    with bench.connect("postgres") as db:
        db.execute(f"ALTER DATABASE {MAKING} RENAME TO {name}")


def fill(bench: Bench, name: str, city: str, cases: int) -> None:
    bench.create(MAKING, city)
    for setting in CARELESS:  # what breaks off is made anew
        bench.cluster.sql(f"ALTER SYSTEM SET {setting} = off")
    bench.cluster.sql("SELECT pg_reload_conf()")
    with bench.connect(MAKING) as db:
        for statement in (
            "SET session_replication_role = replica", "SET synchronous_commit = off", "SET maintenance_work_mem = '1GB'",
            "SET work_mem = '256MB'", ID, NUMBER, STAGE,
            "SELECT journal_make_partitions((now() - interval '13 months')::date, (now() + interval '3 months')::date)",
        ):  # fmt: skip
            db.execute(statement)
        people = [row[0] for row in db.execute(PEOPLE, [max(200, cases // CASES_PER_PERSON)])]
        with db.cursor().copy(f"COPY bench_copy ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in drawn(Random(cases), people, cases, *_patterns(bench, city)):  # noqa: S311 - texts, not secrets
                copy.write_row(row)
        db.execute("ANALYZE bench_copy")
        with without_indexes(db):
            copy_all(db)
        db.execute("DROP TABLE bench_copy")
        db.execute("VACUUM (ANALYZE)")
    for setting in CARELESS:
        bench.cluster.sql(f"ALTER SYSTEM RESET {setting}")
    bench.cluster.sql("SELECT pg_reload_conf()")
    bench.cluster.sql("CHECKPOINT")
    with bench.connect("postgres") as db:
        db.execute(f"ALTER DATABASE {MAKING} RENAME TO {name}")


def _patterns(bench: Bench, city: str) -> tuple[list[Any], list[Any]]:
    db: Connection[Any]
    with bench.connect(city) as db:
        return db.execute("SELECT id, category, open FROM bench_pattern ORDER BY id").fetchall(), db.execute(
            GRIDS
        ).fetchall()


def drawn(
    dice: Random, people: list[Any], cases: int, patterns: list[Any], grids: list[Any]
) -> Iterator[tuple[Any, ...]]:
    """Rows of `bench_copy`, the oldest first, so that ids rise as they would have."""
    open_, closed = [one for one in patterns if one[2]], [one for one in patterns if not one[2]]
    opened = round(cases * OPEN_SHARE)
    days = sorted((dice.uniform(0, DAYS) for _ in range(cases - opened)), reverse=True)
    days += sorted((dice.uniform(0, 2) for _ in range(opened)), reverse=True)
    for n, ago in enumerate(days):
        source, category, _ = dice.choice(closed if n < cases - opened else open_)
        place, community, lon, lat = dice.choice(grids)
        words, spot = write(dice, category, community)
        near = (round(lon + dice.uniform(-0.002, 0.002), 6), round(lat + dice.uniform(-0.002, 0.002), 6))
        yield n, source, timedelta(days=ago), place, *near, words, spot, grams(words, spot), dice.choice(people)


def _say(text: str) -> None:
    print(f"· {text}", flush=True)

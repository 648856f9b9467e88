"""What requests about cases cost, over 20,000 and over 1,000,000 of them: `make bench-casework`.

Over HTTP, two synchronous workers, production's settings; signed in as the city's dispatcher and as residents. Counted are the
processor time of the workers and of the whole PostgreSQL cluster, and every statement that is sent: session, actor, BEGIN and COMMIT too.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from benchmarks.cases.base import Bench
from benchmarks.cases.client import Client, sign_in
from benchmarks.cases.errands import Errands
from benchmarks.cases.fill import database_of
from benchmarks.cases.measure import Cost, Meter
from benchmarks.cases.searching import search_rows
from benchmarks.cases.serving import PLAIN, served
from benchmarks.report import Row, leave, report

SIZES = tuple(int(size) for size in os.environ.get("BENCH_CASES", "20000,1000000").split(","))
TIMES = int(os.environ.get("BENCH_TIMES", "100"))
PASSES = 4
WARM, RESIDENTS = 40, 30 * PASSES  # so that nobody is too quick
# Signalen, Django and PostGIS, 20,000 reports, two synchronous workers, persistent connections: (application + PostgreSQL ms, statements).
SIGNALEN = {"create": (39 + 9, 45), "list of 50": (303 + 74, 263), "detail": (28 + 10, 17), "change": (43 + 13, 41)}
AIMS = {"create": (10, 8), "list of 50": (19, 6), "detail": (8, 8), "change": (10, 8)}
GROWTH = 1.25


def main() -> bool:
    rows: list[Row] = []
    with Bench().running() as bench, ExitStack() as stack:
        cities = [stack.enter_context(city(bench, size)) for size in SIZES]
        for one in cities:
            rows += calibrated(bench, one)
        for one in cities:
            stack.enter_context(one.opened(bench))
        # In turns: what else the machine does in a minute falls on both.
        for number in range(PASSES):
            for one in cities:
                one.measure(number + 1)
        for one in cities:
            rows += [_named(row, one.size) for row in one.rows()]
            one.errands.client.hang_up()
        largest = max(cities, key=lambda one: one.size)
        rows += [_named(row, largest.size) for row in search_rows(bench, largest.database, largest.errands)]
    rows += growth(cities)
    return report("casework", rows, notes=NOTES)


NOTES = (
    f"Medians are not taken: each value is the processor time of {TIMES} requests, divided, in the cheapest of {PASSES} passes, taken in turns with the other size. Statements include session, actor, BEGIN and COMMIT. "
    "Peer: Signalen as recorded at 20,000; DRF: the calibrator in this run."
)


@dataclass
class City:
    """One database with so many cases, whom to sign in there, and what each request cost in each pass."""

    size: int
    database: str
    session: dict[str, Any]
    costs: dict[tuple[str, str], list[Cost]] = field(default_factory=dict)

    @contextmanager
    def opened(self, bench: Bench) -> Iterator[None]:
        with served(bench, self.database) as (port, pid):
            self.meter, self.errands = Meter(bench, self.database, pid), Errands(Client(port), self.session)
            yield

    def measure(self, number: int) -> None:
        self.errands.client.hang_up()
        for what, kind, ask in self.errands.all():
            # The first time that somebody comes costs more, once: it is not what a request costs.
            cost = self.meter.of(ask, TIMES, warm=RESIDENTS if what == "create" else WARM)
            self.costs.setdefault((what, kind), []).append(cost)
            print(
                f"  {self.size:,}, pass {number}: {what}, {kind}: {cost.app_ms:.1f} + {cost.sql_ms:.1f} ms, {cost.statements:.1f} statements",
                flush=True,
            )

    def least(self) -> dict[tuple[str, str], Cost]:
        """Whoever else uses the machine makes a request dearer, never cheaper."""
        return {name: min(each, key=lambda one: one.cpu_ms) for name, each in self.costs.items()}

    def rows(self) -> list[Row]:
        return [row for (what, kind), cost in self.least().items() for row in compared(what, kind, cost)]


@contextmanager
def city(bench: Bench, size: int) -> Iterator[City]:
    name = f"bench_now_{size}"
    bench.create(name, database_of(bench, size))
    try:
        session = sign_in(bench, name, RESIDENTS)
        with bench.connect(name) as db:
            db.execute("CHECKPOINT")
        yield City(size, name, session)
    finally:
        bench.drop(name)


def calibrated(bench: Bench, one: City) -> list[Row]:
    with served(bench, one.database, PLAIN) as (port, pid):
        meter, errands = Meter(bench, one.database, pid), Errands(Client(port), one.session)
        costs = {
            "create": meter.of(errands.plain_create, TIMES, warm=WARM),
            "list of 50": meter.of(errands.plain_list, TIMES, warm=WARM),
        }
    rows = [Row(f"{what}, plain DRF", cost.cpu_ms, "CPU ms") for what, cost in costs.items()]
    rows += [Row(f"{what}, plain DRF", cost.statements, "SQL") for what, cost in costs.items()]
    return [_named(row, one.size) for row in rows]


def compared(what: str, kind: str, cost: Cost) -> list[Row]:
    key = what.partition(" (")[0]
    (peer_ms, peer_sql), (aim_ms, aim_sql) = SIGNALEN[key], AIMS[key]
    return [
        Row(f"{what}, {kind}", cost.cpu_ms, "CPU ms", peer_ms, "Signalen", aim=aim_ms),
        Row(f"{what}, {kind}: of it PostgreSQL", cost.sql_ms, "CPU ms"),
        Row(f"{what}, {kind}", cost.statements, "SQL", peer_sql, "Signalen", aim=aim_sql),
        Row(f"{what}, {kind}: without BEGIN and COMMIT", cost.statements - cost.transactions, "SQL"),
    ]


def growth(cities: list[City]) -> list[Row]:
    if len(cities) < 2:
        return []
    small, large = min(cities, key=lambda one: one.size), max(cities, key=lambda one: one.size)
    before, after = small.least(), large.least()
    return [
        Row(
            f"{what}, {kind}: {large.size:,} to {small.size:,}", after[what, kind].cpu_ms / cost.cpu_ms, "×", aim=GROWTH
        )
        for (what, kind), cost in before.items()
    ]


def _named(row: Any, size: int) -> Row:
    return Row(f"{size:,}: {row.name}", row.value, row.unit, row.peer, row.peer_name, row.aim, row.better)


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    leave(main())

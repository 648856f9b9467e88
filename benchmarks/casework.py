"""What requests about cases cost, over 20,000 and over 1,000,000 of them: `make bench-casework`.

Over HTTP, two synchronous workers, production's settings; signed in as the city's dispatcher and as residents. Counted are the
processor time of the workers and of the whole PostgreSQL cluster, and every statement that is sent: session, actor, BEGIN and COMMIT too.
"""

from __future__ import annotations

import os
import sys
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
PASSES = 2
WARM, RESIDENTS = 40, 30
# Signalen, Django and PostGIS, 20,000 reports, two synchronous workers, persistent connections: (application + PostgreSQL ms, statements).
SIGNALEN = {"create": (39 + 9, 45), "list of 50": (303 + 74, 263), "detail": (28 + 10, 17), "change": (43 + 13, 41)}
AIMS = {"create": (10, 8), "list of 50": (19, 6), "detail": (8, 8), "change": (10, 8)}
GROWTH = 1.25


def main() -> bool:
    found: dict[tuple[int, str], Cost] = {}
    rows: list[Row] = []
    with Bench().running() as bench:
        for size in SIZES:
            template = database_of(bench, size)
            bench.create("bench_now", template)
            rows += [_named(row, size) for row in measured(bench, found, size)]
            bench.drop("bench_now")
    rows += growth(found)
    return report("casework", rows, notes=NOTES)


NOTES = (
    f"Medians are not taken: each value is the processor time of {TIMES} requests, divided, in the cheaper of {PASSES} passes. Statements include session, actor, BEGIN and COMMIT. "
    "Peer: Signalen as recorded at 20,000; DRF: the calibrator in this run."
)


def measured(bench: Bench, found: dict[tuple[int, str], Cost], size: int) -> list[Row]:
    session = sign_in(bench, "bench_now", RESIDENTS)
    with bench.connect("bench_now") as db:
        db.execute("CHECKPOINT")
    rows: list[Row] = []
    with served(bench, "bench_now", PLAIN) as (port, pid):
        meter, errands = Meter(bench, "bench_now", pid), Errands(Client(port), session)
        calibrated = {
            "create": meter.of(errands.plain_create, TIMES, warm=WARM),
            "list of 50": meter.of(errands.plain_list, TIMES, warm=WARM),
        }
        rows += [Row(f"{what}, plain DRF", cost.cpu_ms, "CPU ms") for what, cost in calibrated.items()]
        rows += [Row(f"{what}, plain DRF", cost.statements, "SQL") for what, cost in calibrated.items()]
    with served(bench, "bench_now") as (port, pid):
        meter, errands = Meter(bench, "bench_now", pid), Errands(Client(port), session)
        costs = [errand_costs(meter, errands, f"{size:,}, pass {n + 1}") for n in range(PASSES)]
        for what, kind in costs[0]:
            # Whoever else uses the machine makes a request dearer, never cheaper.
            cost = found[size, f"{what}, {kind}"] = min(
                (each[what, kind] for each in costs), key=lambda one: one.cpu_ms
            )
            rows += compared(what, kind, cost)
        if size == max(SIZES):
            rows += search_rows(bench, "bench_now", errands)
    return rows


def errand_costs(meter: Meter, errands: Errands, name: str) -> dict[tuple[str, str], Cost]:
    costs = {}
    for what, kind, ask in errands.all():
        cost = costs[what, kind] = meter.of(ask, TIMES, warm=WARM)
        print(
            f"  {name}: {what}, {kind}: {cost.app_ms:.1f} + {cost.sql_ms:.1f} ms, {cost.statements:.1f} statements",
            flush=True,
        )
    return costs


def compared(what: str, kind: str, cost: Cost) -> list[Row]:
    key = what.partition(" (")[0]
    (peer_ms, peer_sql), (aim_ms, aim_sql) = SIGNALEN[key], AIMS[key]
    return [
        Row(f"{what}, {kind}", cost.cpu_ms, "CPU ms", peer_ms, "Signalen", aim=aim_ms),
        Row(f"{what}, {kind}: of it PostgreSQL", cost.sql_ms, "CPU ms"),
        Row(f"{what}, {kind}", cost.statements, "SQL", peer_sql, "Signalen", aim=aim_sql),
        Row(f"{what}, {kind}: without BEGIN and COMMIT", cost.statements - cost.transactions, "SQL"),
    ]


def growth(found: dict[tuple[int, str], Cost]) -> list[Row]:
    if len(SIZES) < 2:
        return []
    small, large = min(SIZES), max(SIZES)
    names = [name for size, name in found if size == small]
    return [
        Row(f"{name}: {large:,} to {small:,}", found[large, name].cpu_ms / found[small, name].cpu_ms, "×", aim=GROWTH)
        for name in names
    ]


def _named(row: Any, size: int) -> Row:
    return Row(f"{size:,}: {row.name}", row.value, row.unit, row.peer, row.peer_name, row.aim, row.better)


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    leave(main())

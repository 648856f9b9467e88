"""Processor time of the workers and of PostgreSQL, and the statements that were sent, for a number of requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cases.base import Bench


@dataclass(frozen=True, slots=True)
class Cost:
    """Each per request. `statements`: all that were sent, BEGIN and COMMIT included; `transactions`: those two alone."""

    app_ms: float
    sql_ms: float
    statements: float
    transactions: float

    @property
    def cpu_ms(self) -> float:
        return self.app_ms + self.sql_ms


class Meter:
    def __init__(self, bench: Bench, name: str, server: int) -> None:
        self.bench, self.name, self.server = bench, name, server

    def of(self, ask: Callable[[int], None], times: int, *, warm: int = 0) -> Cost:
        """`ask(n)` is one request. The first `warm` do not count: each worker reads its texts and places once."""
        for number in range(warm):
            ask(number)
        with self.bench.connect(self.name) as db:
            db.execute("SELECT pg_stat_statements_reset()")
        app, sql = self._app(), self._sql()
        for number in range(warm, warm + times):
            ask(number)
        app, sql = self._app() - app, self._sql() - sql
        statements, transactions = self.statements()
        return Cost(app / times * 1000, sql / times * 1000, statements / times, transactions / times)

    def statements(self) -> tuple[int, int]:
        with self.bench.connect(self.name) as db:
            row = db.execute(
                """SELECT coalesce(sum(calls), 0), coalesce(sum(calls) FILTER (WHERE query IN ('BEGIN', 'COMMIT', 'ROLLBACK')), 0)
                   FROM pg_stat_statements WHERE toplevel AND dbid = (SELECT oid FROM pg_database WHERE datname = %s)
                   AND userid = 'shanzhi_app'::regrole""",
                [self.name],
            ).fetchone()
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def _app(self) -> float:
        return sum(_seconds(pid) for pid in [self.server, *_children(self.server)])

    def _sql(self) -> float:
        """Of the whole cluster: backends, log writer, checkpointer; and of backends that have ended, which their parent knows."""
        parent = self.bench.server_pid()
        return sum(_seconds(pid) for pid in [parent, *_children(parent)]) + _ended(parent)


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


def _seconds(pid: int) -> float:
    """Of all its threads, in nanoseconds where the kernel keeps them."""
    try:
        return sum(int(one.read_text().split()[0]) for one in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9
    except OSError:
        return 0.0


def _ended(parent: int) -> float:
    fields = Path(f"/proc/{parent}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[13]) + int(fields[14])) / 100  # cutime and cstime, in hundredths

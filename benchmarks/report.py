"""Prints a benchmark's rows as a table, notes the machine, and writes benchmarks/out/<name>.json."""

from __future__ import annotations

import gc
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Literal

OUT = Path(__file__).resolve().parent / "out"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `peer` is what a named other way takes, in the same unit; `aim` is a bound, an upper one unless told."""

    name: str
    value: float
    unit: str
    peer: float | None = None
    peer_name: str = ""
    aim: float | None = None
    better: Literal["less", "more"] = "less"

    @property
    def ratio(self) -> float | None:
        """How many times better than the peer."""
        if not self.peer or not self.value:
            return None
        return self.peer / self.value if self.better == "less" else self.value / self.peer

    @property
    def met(self) -> bool | None:
        if self.aim is None:
            return None
        return self.value <= self.aim if self.better == "less" else self.value >= self.aim


def seconds(run: Callable[[], Any], *, rounds: int = 5) -> float:
    """Median wall time of `run`, after one run that does not count. Garbage collection waits."""
    run()
    taken = []
    for _ in range(rounds):
        gc.collect()
        gc.disable()
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
        gc.enable()
    return median(taken)


def machine() -> dict[str, Any]:
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ""
    )
    memory = next(
        (int(line.split()[1]) // 1024 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), None
    )
    return {
        "processor": model or platform.processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_mib": memory,
        "load_1m": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
    }


def report(name: str, rows: Iterable[Row], *, notes: str = "") -> bool:
    """Print and write the rows; answers whether every aim is met."""
    rows = list(rows)
    about = machine()
    written = [{**asdict(row), "ratio": row.ratio, "met": row.met} for row in rows]
    OUT.mkdir(exist_ok=True)
    document = {"benchmark": name, "machine": about, "notes": notes, "rows": written}
    (OUT / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"\n{name} — {about['processor']}, {about['cores']} cores, load {about['load_1m']}, Python {about['python']}")
    print_table(rows)
    if notes:
        print(notes)
    return all(row.met is not False for row in rows)


def print_table(rows: list[Row]) -> None:
    table = [("", "value", "unit", "peer", "× better", "aim", "met")]
    for row in rows:
        peer = f"{_figure(row.peer)} {row.peer_name}".strip() if row.peer is not None else ""
        ratio = f"{row.ratio:.1f}" if row.ratio else ""
        aim = f"{'≤' if row.better == 'less' else '≥'} {_figure(row.aim)}" if row.aim is not None else ""
        met = {True: "yes", False: "NO", None: ""}[row.met]
        table.append((row.name, _figure(row.value), row.unit, peer, ratio, aim, met))
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    for line in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def leave(met: bool) -> None:
    """End the process: 1 where an aim is missed."""
    sys.exit(0 if met else 1)


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []

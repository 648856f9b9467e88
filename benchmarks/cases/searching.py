"""How long a search takes over many Chinese texts: two characters, common and rare, and longer words."""

from __future__ import annotations

import time
from statistics import quantiles
from typing import Any
from urllib.parse import quote

from benchmarks.cases.base import Bench
from benchmarks.report import Row

# The first is in a quarter of all texts or more, the last ones in a few dozen or in none.
WORDS = ("尽快", "处理", "路灯", "井盖", "垃圾", "老人", "三天", "漏水", "装修", "消防", "污水", "盲道", "赵钱", "陈孔", "魏姜", "龙虾")  # fmt: skip
LONG = ("井盖破了", "路灯不亮", "消防通道", "下水道堵", "赵赵赵记", "飞线充电", "垃圾桶满了没人清")
AIM_MS, ROUNDS = 100, 5


def search_rows(bench: Bench, name: str, errands: Any) -> list[Row]:
    rows = []
    for kind, words in (("two characters", WORDS), ("longer words", LONG)):
        for path, format_ in (("/api/cases?limit=50&q=", "JSON"), ("/desk/search/?q=", "HTML")):
            taken = []
            for round_ in range(ROUNDS + 1):
                for word in words:
                    began = time.perf_counter()
                    errands.desk("GET", path + quote(word))
                    if round_:
                        taken.append((time.perf_counter() - began) * 1000)
            worst = quantiles(taken, n=20)[-1]
            rows.append(Row(f"search, {kind}, {format_}: 95 of 100 below", worst, "ms", aim=AIM_MS))
    return rows

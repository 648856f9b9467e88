"""`shanzhi simulate`: synthetic people live in the city, in real time or through days that have passed."""

from __future__ import annotations

import multiprocessing
import os
import time
from argparse import ArgumentTypeError
from collections import Counter
from datetime import timedelta
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import connections
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from shanzhi.engines.casework import services as casework
from shanzhi.foundation.base.terminal import TerminalCommand, terminal_language
from shanzhi.registers.places import queries as places
from shanzhi.simulation import queries, services
from shanzhi.simulation.haste import make_haste, without_waiting_for_the_disk
from shanzhi.simulation.history import Played, play
from shanzhi.simulation.living import live
from shanzhi.simulation.tallied import tallied

HISTORY_DAYS, HISTORY_PER_DAY, LIVE_PER_DAY = 10.0, 45.0, 120.0


def positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e6:
        with override(terminal_language()):
            raise ArgumentTypeError(str(_("a number above 0, please")))
    return number


class Command(TerminalCommand):
    about = _(
        "Synthetic people report and work, everything through the same commands as people. --live: in real time, after making "
        "up ten days of history once. --days: that many days until now, without waiting."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--live", action="store_true")
        parser.add_argument("--days", type=positive)
        parser.add_argument(
            "--cases", type=positive, help=gettext("reports in all; else 10 a day for each 30 communities")
        )
        parser.add_argument("--seed", default="")
        parser.add_argument(
            "--county", default="", help=gettext("code of the place in which it happens; else the whole city")
        )
        parser.add_argument("--per-day", type=positive, help=gettext("with --live: reports a day"))
        parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1), choices=range(1, 9))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["live"] == bool(options["days"]):
            self._stop(_("Say --live or --days, one of them."))
        area = self.area(options["county"])
        seed = options["seed"] or queries.state().seed
        os.nice(10)
        make_haste()
        if options["live"]:
            self.live(area, seed, options["per_day"] or LIVE_PER_DAY)
            return
        days = options["days"]
        per_day = options["cases"] / days if options["cases"] else self.usual(area)
        self.report(*self.pass_days(area, days, per_day, seed, options["workers"]))

    def area(self, code: str) -> Any:
        if code:
            return places.by_code(code)
        named = [one for one in places.cities() if settings.SHANZHI_CITY in one.name] or places.cities()
        if not named:
            self._stop(_("There is no city yet: run `shanzhi begin` first."))
        return named[0]

    def usual(self, area: Any) -> float:
        return max(1.0, places.subtree(area, level="community").count() / 3)

    def live(self, area: Any, seed: str, per_day: float) -> None:
        self._say(_("Synthetic people live here; pause them at /simulation/"))
        if queries.state().history is None:
            took, played = self.pass_days(area, HISTORY_DAYS, HISTORY_PER_DAY, seed, 1, seeds=4)
            services.remember_history(seed=seed, at=timezone.now())
            self.report(took, played)
        try:
            live(area, per_day=per_day, seed=seed)
        except KeyboardInterrupt:
            pass

    def pass_days(
        self, area: Any, days: float, per_day: float, seed: str, workers: int, seeds: int = 8
    ) -> tuple[float, list[Played]]:
        end = timezone.now()
        start, began = end - timedelta(days=days), time.monotonic()
        work = [
            {
                "start": start,
                "end": end,
                "per_day": per_day,
                "seed": seed,
                "part": part,
                "parts": workers,
                "seeds": seeds,
            }
            for part in range(workers)
        ]
        if workers == 1:
            alone = [part_of(area.code, work[0])]
            return time.monotonic() - began, alone
        connections.close_all()
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            played = pool.starmap(part_of, [(area.code, one) for one in work])
        return time.monotonic() - began, played

    def report(self, took: float, played: list[Played]) -> None:
        tally = sum((one.tally for one in played), Counter[str]())
        reports = sum(one.reports for one in played)
        rate = reports / took if took else 0.0
        head = _("{reports} reports, {acted} further actions in {seconds:.1f} s ({rate:.1f} cases a second)")
        self._say(head, reports=reports, acted=tally["acted"], seconds=took, rate=rate)
        for name, number in sorted(tally.items()):
            with override(terminal_language()):
                self._say(f"  {tallied(name)}: {number}")
        for text, number in Counter(text for one in played for text in one.refusals).most_common(5):
            self._say(_("refused {count} times: {text}"), count=number, text=text)

    def _say(self, sentence: str | Promise, /, **values: Any) -> None:
        # Only what is printed: people write and are written to in the city's language, not in the terminal's.
        with override(terminal_language()):
            self.stdout.write(str(sentence).format(**values))

    def _stop(self, text: str | Promise) -> NoReturn:
        with override(terminal_language()):
            raise CommandError(str(text))


def part_of(code: str, work: dict[str, Any]) -> Played:
    with without_waiting_for_the_disk(), casework.making_a_past():
        return play(places.by_code(code), **work)

"""`shanzhi places import-city | import-grids | export-grids | tree`."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.foundation.base.terminal import TerminalCommand, terminal_language
from shanzhi.registers.places import queries, services
from shanzhi.registers.places.levels import Level

SHOWN = 200  # problems listed on a screen


class Command(TerminalCommand):
    about = gettext_lazy("Territory: bring in a city's real tree, its own grids, take grids out, show the tree.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)

        city = actions.add_parser(
            "import-city", help=_("the real tree of a city, with synthetic grids where it has none")
        )
        city.add_argument(
            "name", nargs="?", default=settings.SHANZHI_CITY, help=_("its name in Chinese, or a code such as 5304")
        )
        city.add_argument("--grids", type=int, help=_("grids of a community, on average (3)"))
        city.add_argument("--microgrids", type=int, help=_("micro-grids of a grid, on average (4)"))

        grids = actions.add_parser("import-grids", help=_("a city's own grids from GeoJSON; all rows or none"))
        grids.add_argument("file", type=Path)
        grids.add_argument("--dry-run", action="store_true", help=_("check only"))
        grids.add_argument("--on", type=date.fromisoformat, help=_("the day from which they hold (today)"))
        grids.add_argument("--accept-warnings", action="store_true", help=_("write although there are warnings"))

        out = actions.add_parser("export-grids", help=_("grids as GeoJSON, in the form that import-grids reads"))
        out.add_argument("code", help=_("code of the city, county, street or community"))
        out.add_argument("--out", type=Path, help=_("file to write (otherwise: the screen)"))
        for each in (grids, out):
            each.add_argument("--level", choices=[Level.GRID.value, Level.MICROGRID.value], default=Level.GRID.value)
            each.add_argument("--datum", default="wgs84", help=_("wgs84 (default) or gcj02"))

        tree = actions.add_parser("tree", help=_("what this installation holds, with numbers"))
        tree.add_argument("code", nargs="?", help=_("where to begin"))
        tree.add_argument("--depth", type=int, default=2, help=_("levels to show"))

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        with translation.override(terminal_language()):
            try:
                getattr(self, action.replace("-", "_"))(**options)
            except Refusal as refusal:
                raise CommandError(f"{refusal.message} {refusal.advice}".strip()) from refusal

    def import_city(self, name: str, grids: int | None, microgrids: int | None, **_options: Any) -> None:
        start = time.perf_counter()

        def say(text: Any) -> None:
            self.stdout.write(f"{time.perf_counter() - start:6.1f} s  {text}")

        services.import_city(name=name, by=SYSTEM, grids=grids, microgrids=microgrids, progress=say, report=say)

    def import_grids(self, file: Path, **options: Any) -> None:
        wanted = {name: options[name] for name in ("dry_run", "on", "level", "datum", "accept_warnings")}
        report = services.import_grids(geojson=file, by=SYSTEM, **wanted)
        for problem in report.problems[:SHOWN]:
            self.stderr.write(str(problem))
        if len(report.problems) > SHOWN:
            self.stderr.write(_("… and more: %(count)d") % {"count": len(report.problems) - SHOWN})
        if not report.ok:
            count = len(report.problems)
            raise CommandError(_("Problems: %(count)d. Nothing was written.") % {"count": count})
        counts = {"created": report.created, "ended": report.ended, "kept": report.kept}
        if options["dry_run"]:
            text = _("No problems. It would create %(created)d, end %(ended)d and keep %(kept)d; nothing was written.")
        else:
            text = _("%(created)d created, %(ended)d ended, %(kept)d kept as they were.")
        self.stdout.write(text % counts)

    def export_grids(self, code: str, out: Path | None, level: str, datum: str, **_options: Any) -> None:
        document = queries.export_grids(under=queries.by_code(code), level=level, datum=datum)
        text = json.dumps(document, ensure_ascii=False)
        if out is None:
            sys.stdout.write(text + "\n")
            return
        out.write_text(text, encoding="utf-8")
        count = len(document["features"])
        self.stdout.write(_("Features written to %(file)s: %(count)d") % {"count": count, "file": out})

    def tree(self, code: str | None, depth: int, **_options: Any) -> None:
        roots = [queries.by_code(code)] if code else queries.cities()
        if not roots:
            self.stdout.write(_("There is no territory yet: run `shanzhi places import-city`."))
        for root in roots:
            for place, counts in queries.tree(root, depth):
                indent = "  " * (place.rank - root.rank)
                told = ", ".join(f"{Level(level).label} {count}" for level, count in counts.items())
                self.stdout.write(f"{indent}{place.code} {place.name}{'  · ' + told if told else ''}")

"""`shanzhi casework categories-xlsx …`, `… categories-yaml …`: the catalogue as a spreadsheet, and back; `… try-line …`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ruamel.yaml import YAML

from shanzhi.engines.casework.sheets import from_xlsx, to_xlsx
from shanzhi.engines.casework.trying import try_line
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Invalid, Refusal
from shanzhi.foundation.base.terminal import TerminalCommand, terminal_language
from shanzhi.foundation.playbook.queries import load
from shanzhi.registers.places import queries as places

MOST = 50


class Command(TerminalCommand):
    about = gettext_lazy(
        "Categories of a playbook as a spreadsheet and back; a line of the responsibility list tried on past cases."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        out = what.add_parser("categories-xlsx", help=_("write the playbook's categories to a spreadsheet"))
        out.add_argument("playbook")
        out.add_argument("file", type=Path)
        back = what.add_parser("categories-yaml", help=_("read a spreadsheet and write categories.yaml"))
        back.add_argument("file", type=Path)
        back.add_argument("playbook")
        back.add_argument("--dry-run", action="store_true", help=_("only say what is wrong"))

        trial = what.add_parser(
            "try-line", help=_("try a line of the responsibility list on past cases; nothing is stored")
        )
        trial.add_argument(
            "line", help=_('as in responsibility.yaml, e.g. "{category: road-damage, unit: city-transport}"')
        )
        trial.add_argument("--place", required=True, help=_("official code; its whole subtree"))
        trial.add_argument("--days", type=int, default=30)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(terminal_language()):
            self._do(options)

    def _do(self, options: dict[str, Any]) -> None:
        if options["what"] == "try-line":
            self._try(options)
            return
        loaded = load(options["playbook"])
        catalogue = loaded.model("categories")
        if options["what"] == "categories-xlsx":
            if catalogue is None:
                raise CommandError(
                    _("{name} has no categories.yaml that can be read.").format(name=options["playbook"])
                )
            options["file"].write_bytes(to_xlsx(catalogue))
            self._written(len(catalogue.items), options["file"])
            return
        self._back(loaded.folder / "categories.yaml", options, catalogue.numbers if catalogue else "SZ")

    def _try(self, options: dict[str, Any]) -> None:
        line, until = YAML(typ="safe").load(options["line"]), now()
        try:
            place = places.by_code(options["place"]).id
            found = try_line(line, by=SYSTEM, place=place, since=until - timedelta(days=options["days"]), until=until)
        except Refusal as refusal:
            raise CommandError(_said(refusal)) from None
        for change in found.would_change[:MOST]:
            self.stdout.write(f"{change.case.number}: {change.before.name} → {change.after.name}")
        for refused in found.refused[:MOST]:
            self.stdout.write(f"{refused.case.number}: {refused.why}")
        self.stdout.write(
            _(
                "{looked_at} looked at, {matched} matched: {changed} would go elsewhere, {unchanged} as now, {refused} refused"
            ).format(
                looked_at=found.looked_at,
                matched=found.matched,
                changed=len(found.would_change),
                unchanged=found.unchanged,
                refused=len(found.refused),
            )  # fmt: skip
        )

    def _back(self, target: Path, options: dict[str, Any], numbers: str) -> None:
        found, problems = from_xlsx(options["file"].read_bytes(), numbers=numbers)
        for problem in problems:
            self.stderr.write(str(problem))
        if found is None:
            raise CommandError(_("Cells to correct: {count}. Nothing was written.").format(count=len(problems)))
        if options["dry_run"]:
            self.stdout.write(
                _("Nothing is wrong; {count} categories would be written.").format(count=len(found.items))
            )
            return
        yaml = YAML()
        yaml.width = 160
        with target.open("w", encoding="utf-8") as file:
            yaml.dump(found.model_dump(mode="json", by_alias=True, exclude_defaults=True), file)
        self._written(len(found.items), target)

    def _written(self, count: int, file: Path) -> None:
        self.stdout.write(_("Categories: {count} → {file}").format(count=count, file=file))


def _said(refusal: Refusal) -> str:
    every = [text for texts in refusal.fields.values() for text in texts] if isinstance(refusal, Invalid) else []
    return "\n".join(str(text) for text in every or [refusal.message])

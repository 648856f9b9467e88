"""`shanzhi casework categories-xlsx …`, `… categories-yaml …`: the catalogue as a spreadsheet, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from ruamel.yaml import YAML

from shanzhi.engines.casework.sheets import from_xlsx, to_xlsx
from shanzhi.foundation.playbook.queries import load


class Command(BaseCommand):
    help = "Categories of a playbook out to a spreadsheet, and a spreadsheet back to text."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        out = what.add_parser("categories-xlsx", help="write the playbook's categories to a spreadsheet")
        out.add_argument("playbook")
        out.add_argument("file", type=Path)
        back = what.add_parser("categories-yaml", help="read a spreadsheet and write categories.yaml")
        back.add_argument("file", type=Path)
        back.add_argument("playbook")
        back.add_argument("--dry-run", action="store_true", help="only say what is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load(options["playbook"])
        catalogue = loaded.model("categories")
        if options["what"] == "categories-xlsx":
            if catalogue is None:
                raise CommandError(f"{options['playbook']} has no readable categories.yaml")
            options["file"].write_bytes(to_xlsx(catalogue))
            self.stdout.write(f"{len(catalogue.items)} → {options['file']}")
            return
        self._back(loaded.folder / "categories.yaml", options, catalogue.numbers if catalogue else "SZ")

    def _back(self, target: Path, options: dict[str, Any], numbers: str) -> None:
        found, problems = from_xlsx(options["file"].read_bytes(), numbers=numbers)
        for problem in problems:
            self.stderr.write(str(problem))
        if found is None:
            raise CommandError(f"{len(problems)} cells to correct; nothing was written")
        if not options["dry_run"]:
            yaml = YAML()
            yaml.width = 160
            with target.open("w", encoding="utf-8") as file:
                yaml.dump(found.model_dump(mode="json", by_alias=True, exclude_defaults=True), file)
        self.stdout.write(f"{len(found.items)} → {target}")

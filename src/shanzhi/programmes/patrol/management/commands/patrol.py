"""`shanzhi patrol generate [--day 2026-11-23] [--place 431021]`, `shanzhi patrol missed`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanzhi.foundation.base.refusals import Refusal
from shanzhi.foundation.base.terminal import TerminalCommand, terminal_language
from shanzhi.programmes.patrol import services
from shanzhi.registers.places import queries as places


class Command(TerminalCommand):
    about = gettext_lazy("Make the day's inspection orders; tell grid leaders what was missed.")

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        make = what.add_parser("generate", help=_("make the orders of a day; again changes nothing"))
        make.add_argument("--day", type=date.fromisoformat, help=_("YYYY-MM-DD; today if left out"))
        make.add_argument("--place", default="", help=_("code of a place: only there and below"))
        what.add_parser("missed", help=_("tell grid leaders of rounds that were not finished"))

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(terminal_language()):
            self._do(options)

    def _do(self, options: dict[str, Any]) -> None:
        try:
            if options["what"] == "missed":
                self.stdout.write(_("Rounds that were not finished: {count}").format(count=services.tell_missed()))
                return
            path = places.by_code(options["place"]).path if options["place"] else ""
            made = services.generate(options["day"], place_path=path)
        except Refusal as refusal:
            raise CommandError(f"{refusal.message} {refusal.advice}".strip()) from refusal
        if made.refused:
            self.stderr.write(_("Refused: {count}; the log says why.").format(count=made.refused))
        self.stdout.write(
            _(
                "Orders made: {made} (given to a stand-in: {vacant}, to nobody: {unassigned}); there already: {already}"
            ).format(made=made.opened, vacant=made.vacant, unassigned=made.unassigned, already=made.already)
        )

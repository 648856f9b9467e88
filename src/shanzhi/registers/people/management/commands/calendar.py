"""`shanzhi calendar show | hours | off | work | clear | clear-hours`: here and not below, as units are known from this floor on."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import CommandError
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.foundation.base.terminal import TerminalCommand, terminal_language
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.calendar import queries as calendar
from shanzhi.foundation.calendar import services
from shanzhi.foundation.calendar.clock import DEFAULT_SPANS, LimitError, parse_spans, spans_text
from shanzhi.registers.people import queries
from shanzhi.registers.places import queries as places

DAY = date.fromisoformat
AHEAD = 366


class Command(TerminalCommand):
    about = gettext_lazy(
        "Opening hours of units, and days that differ from the national calendar. Running clocks follow."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, parser_class=type(parser))
        shown = actions.add_parser("show", help=_("the hours that hold, and the days of the coming year that differ"))
        hours = actions.add_parser("hours", help=_("opening hours from a day on"))
        hours.add_argument("spans", help=_('for example "08:30-12:00, 14:00-17:30"'))
        hours.add_argument("--since", type=DAY, help=_("first day on which they hold (today)"))
        back = actions.add_parser("clear-hours", help=_("take a change of hours back"))
        back.add_argument("since", type=DAY, help=_("the day from which they held"))
        off = actions.add_parser("off", help=_("a workday on which nobody works"))
        work = actions.add_parser("work", help=_("a day off on which people work"))
        clear = actions.add_parser("clear", help=_("take a day back: the national calendar holds again"))
        for each in (off, work, clear):
            each.add_argument("day", type=DAY)
        for each in (off, work):
            each.add_argument("--reason", required=True, help=_("people will ask why the day differs"))
        for each in (shown, hours, back, off, work, clear):
            each.add_argument("--unit", help=_("key of one unit, e.g. city-housing; otherwise: every unit"))
        for each in (shown, off, work, clear):
            each.add_argument(
                "--place", help=_("official code: this place and all below it; with --unit: where the unit is")
            )
        for each in (hours, back):
            each.add_argument("--place", help=_("official code; needed where several units have this key"))

    def handle(self, *, action: str, **options: Any) -> None:
        with translation.override(terminal_language()):
            try:
                place = places.by_code(options["place"]) if options["place"] else None
                unit = queries.unit(options["unit"], near=place.path if place else None) if options["unit"] else None
                getattr(self, action.replace("-", "_"))(unit=unit, place=None if unit else place, **{
                    name: options[name] for name in ("spans", "since", "day", "reason") if name in options
                })  # fmt: skip
            except Refusal as refusal:
                told = [str(text) for texts in getattr(refusal, "fields", {}).values() for text in texts]
                raise CommandError(" ".join([str(refusal.message), *told, str(refusal.advice)]).strip()) from refusal

    def show(self, *, unit: Any, place: Any) -> None:
        self.stdout.write(_whose(unit, place))
        rows = (calendar.opening_hours(unit.id) if unit else []) or calendar.opening_hours(None)
        for row in rows:
            self.stdout.write(
                _("open from {day} on: {spans}").format(day=date_format(row.since), spans=spans_text(row.spans))
            )
        if not rows or rows[0].since > today():
            self.stdout.write(
                _("open until then: {spans}").format(spans=spans_text(DEFAULT_SPANS))
                if rows
                else _("open: {spans}").format(spans=spans_text(DEFAULT_SPANS))
            )
        first, where = today(), unit.place if unit else place
        chain = places.chain(where) if where else []
        days = calendar.local_days(first, first + timedelta(days=AHEAD), unit=unit.id if unit else None, places=chain)
        for one in days:
            self.stdout.write(f"{date_format(one.day)}  {_works(one.works)}  {one.reason}")
        if not days:
            self.stdout.write(_("No day of the coming year differs from the national calendar."))

    def hours(self, *, unit: Any, place: Any, spans: str, since: date | None) -> None:
        self._of_units(unit, place)
        try:
            parsed = parse_spans(spans)
        except LimitError as error:
            raise CommandError(f"{error.message} {error.advice}") from error
        day = since or today()
        services.set_hours(unit=unit.id if unit else None, since=day, spans=parsed, by=SYSTEM)
        text = _("{whose}: open from {day} on: {spans}")
        self.stdout.write(text.format(whose=_whose(unit), day=date_format(day), spans=spans_text(parsed)))

    def clear_hours(self, *, unit: Any, place: Any, since: date) -> None:
        self._of_units(unit, place)
        row = next((one for one in calendar.opening_hours(unit.id if unit else None) if one.since == since), None)
        if row is None:
            raise CommandError(_("No hours begin on this day. `shanzhi calendar show` lists them."))
        services.clear_hours(id=row.id, by=SYSTEM)
        self.stdout.write(
            _("{whose}: the hours from {day} on are taken back.").format(whose=_whose(unit), day=date_format(since))
        )

    def off(self, *, unit: Any, place: Any, day: date, reason: str) -> None:
        self._set(unit, place, day, reason, works=False)

    def work(self, *, unit: Any, place: Any, day: date, reason: str) -> None:
        self._set(unit, place, day, reason, works=True)

    def _set(self, unit: Any, place: Any, day: date, reason: str, *, works: bool) -> None:
        where = {"place": place.id, "place_path": place.path} if place else {"unit": unit.id if unit else None}
        services.set_day(day=day, works=works, reason=reason, by=SYSTEM, **where)
        self.stdout.write(f"{_whose(unit, place)}: {date_format(day)}  {_works(works)}  {reason}")

    def clear(self, *, unit: Any, place: Any, day: date) -> None:
        ids = unit.id if unit else None, place.id if place else None
        near = [place.id] if place else []
        rows = calendar.local_days(day, day, unit=ids[0], places=near)
        row = next((one for one in rows if (one.unit, one.place) == ids), None)
        if row is None:
            raise CommandError(_("Nothing differs here on this day. `shanzhi calendar show` lists what does."))
        services.clear_day(id=row.id, by=SYSTEM)
        self.stdout.write(
            _("{whose}: {day} is as in the national calendar again.").format(
                whose=_whose(unit, place), day=date_format(day)
            )
        )

    def _of_units(self, unit: Any, place: Any) -> None:
        if place and not unit:
            raise CommandError(_("Hours belong to a unit. Name it by --unit, or leave out --place for every unit."))


def _whose(unit: Any, place: Any = None) -> str:
    return pick(unit.name) if unit else places.full_name(place) if place else str(_("Every unit without its own"))


def _works(works: bool) -> str:
    return _("people work") if works else _("nobody works")

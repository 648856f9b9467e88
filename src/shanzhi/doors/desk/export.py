"""A search as a table for spreadsheets. Nothing of the reporter: not who, and not what they wrote."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from shanzhi.doors.desk.filters import urgencies
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.casepage import title_of
from shanzhi.registers.places import queries as places

MOST = 20_000
CHUNK = 500
PIECE = 64 * 1024
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def heads() -> list[str]:
    return [
        _("Number"), _("Category"), _("State"), _("Urgency"), _("Place"), _("Place code"), _("Unit"), _("Reported at"), _("Due"),
        _("Closed"), _("Late"), _("Longitude"), _("Latitude"), _("Source"), _("Synthetic"),
    ]  # fmt: skip


def lines(cases: Any) -> Iterator[list[Any]]:
    for case in _pieces(cases):
        yield [
            case.number, title_of(case) if case.category or case.topic else "", casework.state_title(case), dict(urgencies()).get(case.urgency, case.urgency),
            places.marked_name(case.place, 4), case.place.code, pick(case.unit.name) if case.unit else "", _at(case.opened_at),
            _at(case.due_at), _at(case.closed_at), _late(case), case.lon if case.lon is not None else "",
            case.lat if case.lat is not None else "", _source(case), _("yes") if case.synthetic else "",
        ]  # fmt: skip


def as_csv(cases: Any) -> Iterator[str]:
    """With a byte order mark, or Excel takes Chinese for something else."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(heads())
    for line in lines(cases):
        yield writer.writerow([harmless(value) for value in line])


def as_xlsx(cases: Any) -> Iterator[bytes]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("List of cases"))
    sheet.freeze_panes = "B2"
    sheet.append([_bold(sheet, text) for text in heads()])
    for line in lines(cases):
        sheet.append([harmless(value) for value in line])
    with TemporaryFile() as out:
        book.save(out)
        out.seek(0)
        while piece := out.read(PIECE):
            yield piece


def harmless(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _pieces(cases: Any) -> Iterable[Any]:
    """In slices: server-side cursors are off behind a pooler."""
    for start in range(0, MOST, CHUNK):
        rows = list(cases[start : start + CHUNK])
        yield from rows
        if len(rows) < CHUNK:
            return


def _at(moment: Any) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def _source(case: Any) -> str:
    """How it came in, never who; a word that a later text may add stands as it is."""
    words = {
        "resident": _("Residents"), "worker": _("Grid workers"), "desk": _("Taken down at the desk"), "case": _("From another case"),
        "schedule": _("Schedule of rounds"),
    }  # fmt: skip
    return words.get(case.source, case.source)


def _late(case: Any) -> str:
    return _("yes") if casework.pressure(case, now()).late == "over" else ""


def _bold(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


class _Echo:
    def write(self, text: str) -> str:
        return text

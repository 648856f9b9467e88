"""The printable record of a case."""

from __future__ import annotations

from datetime import time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import segno
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.evidence import documents
from shanzhi.registers.evidence import queries as evidence
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.services import Why
from shanzhi.registers.places import queries as places

TEMPLATE = Path(__file__).parent / "typst" / "record.typ"
MOST_PHOTOS = 12


def record_pdf(*, case: UUID, by: Actor, follow_url: str = "") -> bytes:
    """PDF/A of the case as this actor may see it. `follow_url`: whole address for a QR code (only the reporter has it).

    The reporter's name stands there only for those who may see it, and that is logged. Raises NotFound.
    """
    row = casework.access_case(case, by=by)
    entries = casework.timeline(row, by)
    reported = casework.procedure_of(row).layout == "report"
    pictures, photos = _photos(entries)
    if follow_url:
        pictures["follow.svg"] = _code(follow_url)
    data = {
        "lang": "zh" if (get_language() or "zh").startswith("zh") else "en",
        "title": _("Record of a matter"),
        "number": row.number,
        "issuer": places.full_name(places.ancestor(row.place, "county") or row.place),
        "made": _("Printed %(at)s") % {"at": _at(now())},
        "synthetic": _("Synthetic data, made to show the system.") if row.synthetic else "",
        "facts": _facts(row, by),
        "words": row.said,
        "headings": {
            "words": pgettext("record", "What was reported") if reported else pgettext("record", "What it is about"),
            "story": pgettext("record", "What happened"),
            "photos": pgettext("record", "Photos"),
        },
        "entries": [_entry(entry) for entry in entries],
        "photos": photos,
        "follow": _("Scan to follow this matter") if follow_url else "",
    }
    return documents.render(TEMPLATE, data, pictures)


def _facts(row: Any, by: Actor) -> list[tuple[str, str]]:
    procedure = casework.procedure_of(row)
    rows = [
        (pgettext("record", "What it is"), casework.category_title(row)),
        (
            pgettext("record", "Where"),
            " · ".join(part for part in (places.marked_name(row.place, 3), row.spot) if part),
        ),
        *_begun(row, by, procedure.layout),
        (pgettext("record", "Complaint about"), _subject(row)),
        (pgettext("record", "Unit"), pick(row.unit.name) if row.unit else ""),
        (pgettext("record", "Status"), pick(procedure.states[row.state].title)),
        (pgettext("record", "Due"), _until(row.due_at) if row.due_at else ""),
        (pgettext("record", "Closed"), _at(row.closed_at) if row.closed_at else ""),
    ]
    return [pair for pair in rows if pair[1]]


def _begun(row: Any, by: Actor, layout: str) -> list[tuple[str, str]]:
    """When, and by whom. What the schedule ordered nobody reported; whose name stands here is logged."""
    if row.source == "schedule":
        return [(pgettext("record", "Opened"), _at(row.opened_at))]
    reporter = casework.reporter_of(row, by, why=Why.RECORD)
    who = " · ".join(part for part in (reporter.name, reporter.phone) if part) or reporter.why_not
    if layout == "dispute":
        return [(pgettext("record", "Asked for"), _at(row.opened_at)), (pgettext("record", "Asked by"), who)]
    return [(pgettext("record", "Reported"), _at(row.opened_at)), (pgettext("record", "Reporter"), who)]


def _subject(row: Any) -> str:
    return pick(people.unit(row.subject_unit_id).name) if row.subject_unit_id else ""


def _entry(entry: casework.Entry) -> dict[str, str]:
    return {
        "at": _at(entry.at),
        "who": f"{entry.who} → {entry.to}" if entry.to else entry.who,
        "what": entry.what,
        "words": "\n".join(casework.told(entry.said)),
    }


def _photos(entries: list[casework.Entry]) -> tuple[dict[str, bytes], list[dict[str, str]]]:
    captions = {
        "before": pgettext("photo", "Before"),
        "after": pgettext("photo", "After"),
        "spot": pgettext("photo", "On the spot"),
    }
    taken = [
        (id, entry.captions.get(moment) or captions.get(moment, ""), entry.at)
        for entry in entries
        for id, moment in entry.files
    ][:MOST_PHOTOS]
    rows = evidence.files(id for id, _caption, _at_ in taken)
    pictures, shown = {}, []
    for number, (id, caption, at) in enumerate(taken):
        file = rows.get(id)
        if file is None or file.kind != "photo":
            continue
        name = f"photo-{number}.jpg"
        pictures[name] = evidence.content(file)
        shown.append({"file": name, "caption": f"{caption} · {_at(at)}"})
    return pictures, shown


def _code(url: str) -> bytes:
    out = BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="svg", xmldecl=False, omitsize=True, border=2)
    return out.getvalue()


def _until(moment: Any) -> str:
    """A limit that falls on midnight ends the day before it, as on the pages."""
    local = localtime(moment)
    if local.time() == time.min:
        return _("the end of {day}").format(day=date_format(local - timedelta(days=1), "DATE_FORMAT"))
    return _at(moment)


def _at(moment: Any) -> str:
    return f"{date_format(localtime(moment), 'DATE_FORMAT')} {localtime(moment):%H:%M}"

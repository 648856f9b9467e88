"""The late cases one by one, and why: whom they wait for since when, how often they came back, what was asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.texts import listed
from shanzhi.kit.casepage import rows_of

from .flow import waits
from .matters import matters

MOST = 30


def late_cases(by: Actor, href: Any) -> list[dict[str, Any]]:
    """The longest overdue first, at most 30; four statements."""
    at = now()
    late = matters(by).filter(casework.over(at), closed_at=None)
    ids = list(casework.most_pressing_first(late, at).values_list("id", flat=True)[:MOST])
    if not ids:
        return []
    # Counted for these few only: joins over all late cases would be dear.
    cases = (
        casework.duty_cases(by)
        .filter(id__in=ids)
        .select_related("place", "unit")
        .annotate(
            moved=Max("steps__at", filter=~Q(steps__from_state=F("steps__to_state"))),
            returned=Count("steps", filter=Q(steps__effect="return"), distinct=True),
            reopened=Count("steps", filter=Q(steps__effect="reopen"), distinct=True),
            granted=Count("extensions", filter=Q(extensions__granted=True), distinct=True),
            refused=Count("extensions", filter=Q(extensions__granted=False), distinct=True),
            told=Count("reminders__post", filter=Q(reminders__kind="escalated"), distinct=True),
            asked=Count("extensions", filter=Q(extensions__granted=None, extensions__isnull=False), distinct=True),
        )
    )
    found = {case.id: case for case in cases}
    units = casework.units_over(found.values(), at)
    return [_told(row, units.get(row.case.id)) for row in rows_of([found[id] for id in ids if id in found], href)]


def _told(row: Any, units: list[str] | None) -> dict[str, Any]:
    """`units`: whose parts are late, where several work on it; else the case is late with the unit that has it."""
    return {
        "row": row,
        "unit": listed(units) if units else row.unit,
        "waits": waits("part") if units else _waits(row.case),
        "since": _since(row.case),
        "why": _why(row.case),
    }


def _waits(case: Any) -> str:
    # Back at the desk after a unit had it: somebody asked for help.
    return (
        _("help was asked; waits for the desk")
        if case.waits_for == "desk" and case.stage >= 3
        else waits(case.waits_for)
    )


def _since(case: Any) -> datetime:
    return case.moved or case.opened_at


def _why(case: Any) -> list[str]:
    counted = [
        (case.returned, ngettext("returned once", "returned %(n)s times", case.returned)),
        (case.reopened, ngettext("reopened once", "reopened %(n)s times", case.reopened)),
        (case.granted, ngettext("more time given once", "more time given %(n)s times", case.granted)),
        (case.refused, ngettext("more time refused once", "more time refused %(n)s times", case.refused)),
        (case.told, ngettext("one person above was told", "%(n)s people above were told", case.told)),
    ]
    said = [text % {"n": n} for n, text in counted if n]
    return said + ([_("more time asked, not decided yet")] if case.asked else [])

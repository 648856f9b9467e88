"""My day: what I did, in time or late, and what waits. About me and for me: no ranks, no comparisons."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shanzhi.doors.worker import duty
from shanzhi.doors.worker.cards import href
from shanzhi.doors.worker.pages import page
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.moment import now, today
from shanzhi.kit.casepage import on_duty, title_of
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places


@never_cache
@require_safe
@on_duty
def day(request: ActorRequest) -> HttpResponse:
    by = request.actor
    start = timezone.make_aware(datetime.combine(today(), time.min))
    doings = casework.doings_of(by, since=start)
    week = casework.doings_of(by, since=start - timedelta(days=start.weekday()))
    waiting = list(duty.boxes(by)[0].cases[:100])
    due = [casework.pressure(case, now()).late for case in waiting]
    rows = [
        {"doing": one, "title": title_of(one.case), "place": places.marked_name(one.case.place), "href": href(one.case)}
        for one in doings
    ]
    handled = settled(doings)
    values = {
        "rows": rows,
        "handled": len(handled),
        "late": sum(one.late for one in handled),
        "week": len(settled(week)),
        "waiting": len(waiting),
        "pressing": sum(bool(one) for one in due),
        "today": start,
    }
    return page(request, "day", values, tab="day")


def settled(doings: list[casework.Doing]) -> list[casework.Doing]:
    """What was handled or checked, each matter once: what came back and was done again is one, as it ended."""
    last = {(one.case.pk, one.part): one for one in reversed(doings) if one.part in duty.PARTS}
    return list(last.values())

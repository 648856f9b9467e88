"""Today in figures, over what the actor may see, orders of the house left out. Each comes with the search that lists the cases behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Min, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now, today
from shanzhi.foundation.base.texts import pick

from .matters import KIND, matters

DAYS = 7
MOST_LATE = 40


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: int
    href: str
    tone: str = ""
    icon: str = ""
    most: int = 0  # the largest of its group, for a bar


def link(**query: Any) -> str:
    asked = {name: value for name, value in query.items() if value} | {"kind": KIND}
    return f"{reverse('desk:search')}?{urlencode(asked)}"


Day = tuple[date, Figure, Figure]


def flow(by: Actor, days: Sequence[Day]) -> list[Figure]:
    """`days`: as `by_day` tells them. One statement, over open cases only: a city has fifty times as many closed ones."""
    moment = now()
    found = matters(by).filter(closed_at=None).aggregate(
        open=Count("id"),
        late=Count("id", filter=casework.over(moment)),
        near=Count("id", filter=casework.pressing(moment) & ~casework.over(moment)),
    )  # fmt: skip
    day, opened, closed = days[0]
    return [
        Figure(_("Reported today"), opened.value, link(**{"from": day.isoformat()}), icon="inbox"),
        Figure(_("Ended today"), closed.value, closed.href, "done", icon="circle-check"),
        Figure(_("Open"), found["open"], link(which="open"), icon="clipboard-list"),
        Figure(_("Nearly due"), found["near"], f"{reverse('desk:inbox')}?box=late", "warn", icon="clock"),
        Figure(_("Late"), found["late"], link(which="late"), "urgent", icon="clock-exclamation"),
    ]


def by_stage(by: Actor) -> list[Figure]:
    """Open cases by the step at which they stand; one statement."""
    rows = matters(by).filter(closed_at=None).order_by().values("stage", "state").annotate(n=Count("id"))
    titles = _state_titles(by)
    ordered = sorted(rows, key=lambda row: (row["stage"], row["state"]))
    most = max((row["n"] for row in ordered), default=0)
    return [
        Figure(titles.get(row["state"], row["state"]), row["n"], link(which="open", state=row["state"]), most=most)
        for row in ordered
    ]


def by_day(by: Actor) -> list[Day]:
    """Reported and closed on each of the last days, the newest first; two statements."""
    first = today() - timedelta(days=DAYS - 1)
    zone = timezone.get_current_timezone()

    def per_day(column: str) -> dict[Any, int]:
        cases = matters(by).filter(**{f"{column}__gte": _start(first)}).order_by()
        rows = cases.annotate(day=TruncDate(column, tzinfo=zone)).values("day").annotate(n=Count("id"))
        return {row["day"]: row["n"] for row in rows}

    opened, closed = per_day("opened_at"), per_day("closed_at")
    days = [first + timedelta(days=n) for n in reversed(range(DAYS))]
    return [
        (
            day,
            Figure("", opened.get(day, 0), link(**{"from": day.isoformat(), "until": day.isoformat()})),
            Figure("", closed.get(day, 0), link(which="closed", closed=day.isoformat())),
        )
        for day in days
    ]


def _holder(row: dict[str, Any]) -> str:
    if row["unit"]:
        return pick(row["unit__name"])
    return _("Divided") if row["waits_for"] == "parts" else _("Not with a unit yet")


def late(by: Actor) -> list[dict[str, Any]]:
    """Late cases, and late parts of cases, by unit and by what they wait for: who and why; the most first. Two statements."""
    at, open_ = now(), matters(by).filter(closed_at=None)
    whole = open_.filter(due_at__lt=at).exclude(casework.parts_over(at)).order_by()
    parts = casework.parts_in(open_).filter(paused=None, due_at__lt=at).order_by()
    counted = {"n": Count("id"), "oldest": Min("due_at")}
    rows = [
        *whole.values("unit", "unit__name", "state", "waits_for").annotate(**counted),
        *parts.values("unit", "unit__name", state=F("case__state"), waits_for=Value("part")).annotate(**counted),
    ]
    titles = _state_titles(by)
    found = sorted(rows, key=lambda row: (-row["n"], row["oldest"]))[:MOST_LATE]
    return [
        {
            "unit": _holder(row),
            "state": titles.get(row["state"], row["state"]),
            "why": waits(row["waits_for"]),
            "n": row["n"],
            "oldest": row["oldest"],
            "href": link(which="late", state=row["state"], unit=row["unit"]),
        }
        for row in found
    ]


def waits(whom: str) -> str:
    return {
        "desk": _("waits for the desk to decide"),
        "unit": _("waits for the unit to accept it"),
        "handler": _("waits for the handler's result"),
        "checker": _("waits to be checked"),
        "reporter": _("waits for the reporter"),
        "outside": _("waits for another system"),
        "hands": _("several units work on it"),
        "part": _("its part is late"),
        "parts": _("waits until its parts are closed"),
    }.get(whom, "")


def _state_titles(by: Actor) -> dict[str, str]:
    titles: dict[str, str] = {}
    for procedure in casework.text_at(by.posts[0].place).documents("procedures").values():
        titles |= {key: pick(state.title) for key, state in procedure.states.items()}
    return titles


def _start(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))

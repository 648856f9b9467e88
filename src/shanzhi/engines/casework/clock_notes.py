"""What stands beside a case's clock on every page: provisional, another clock paused, more time asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.calendar.clock import limit_text, parse_limit

from .models import Case, Clock
from .text_of import procedure_of


@dataclass(frozen=True, slots=True)
class ClockNotes:
    """`paused`: the state whose clock stands, `since` then; `asked`: how much more time was
    asked for and not decided yet. Empty where there is nothing to say.
    """

    started: datetime | None = None
    provisional: bool = False
    paused: str = ""
    since: datetime | None = None
    asked: str = ""


def with_clocks(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Adds what `clock_notes` reads, so that a page needs no statement more."""
    open_ = Clock.objects.filter(case=OuterRef("pk"), hand=None, stopped=None)
    runs = open_.filter(paused=None).values(
        found=JSONObject(started="started", provisional="provisional", limit="limit")
    )
    stands = open_.filter(paused__isnull=False).order_by("-paused")
    held = stands.values(found=JSONObject(state="state", since="paused"))
    return cases.annotate(clock_runs=Subquery(runs[:1]), clock_stands=Subquery(held[:1]))


def clock_notes(case: Case) -> ClockNotes:
    """Of a case from `access_case`; nothing to say about others. No statement."""
    runs: dict[str, Any] = getattr(case, "clock_runs", None) or {}
    stands: dict[str, Any] = getattr(case, "clock_stands", None) or {}
    asked: dict[str, Any] = getattr(case, "asked", None) or {}
    state = procedure_of(case).states.get(stands.get("state", ""))
    return ClockNotes(
        started=datetime.fromisoformat(runs["started"]) if runs else None,
        provisional=bool(runs.get("provisional")),
        paused=pick(state.title) if state else "",
        since=datetime.fromisoformat(stands["since"]) if stands else None,
        asked=limit_text(parse_limit(asked["limit"])) if asked else "",
    )

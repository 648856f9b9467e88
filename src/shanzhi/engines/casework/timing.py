"""The clock of a stay in a state: which limit, whose hours, warning and end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import Invalid
from shanzhi.foundation.calendar.clock import SHANGHAI, STANDARD, Hours, Limit, due, parse_limit, warning
from shanzhi.foundation.calendar.queries import hours_reader
from shanzhi.registers.places import queries as places

from .documents import Catalogue, ClockText, Procedure
from .handed import handed_over
from .models import Case, Clock

Reader = Callable[[UUID | None, Sequence[UUID]], Hours]
UNITS_WORK = ("unit", "handler", "hands")  # there the clock counts by the hours of the unit that has the case


def limit_of(procedure: Procedure, state: str, category: str, catalogue: Catalogue | None) -> Limit | None:
    """None for a final state. Invalid if the state runs on the category's limit and there is no category yet."""
    clock = procedure.states[state].clock
    return limit_from(clock, category, catalogue) if clock else None


def limit_from(clock: ClockText, category: str, catalogue: Catalogue | None) -> Limit:
    """Invalid if it runs on the category's limit and there is no category yet."""
    if clock.limit != "category":
        return parse_limit(clock.limit, clock.counts)
    item = catalogue.item(category) if catalogue else None
    if item is None:
        raise Invalid({"category": [_("Choose what it is first: the time limit depends on it.")]})
    return parse_limit(item.limit, item.counts)


def started(case: Case, limit: Limit, warn: int, at: datetime) -> Clock:
    """A clock that runs from now; sets the case's `warn_at` and `due_at` too."""
    clock = Clock(
        case=case,
        state=case.state,
        limit=str(limit),
        counts=limit.counts,
        percent=warn,
        started=at,
        counted_by=[["", *basis(case)]],
    )
    reckon(clock)
    shown(case, clock)
    return clock


def end_at(case: Case, clock: Clock, ends: datetime) -> None:
    """This clock runs until then, every minute counted, whatever the text's limit; a minute at least. Limits are whole minutes:
    what was begun at 05:00:03 ends at 20:00:03 then, never at 19:59.
    """
    minutes = max(1, ceil((ends - clock.started).total_seconds() / 60))
    limit = Limit(counts="urgent", minutes=minutes)
    clock.limit, clock.counts = str(limit), limit.counts
    reckon(clock)
    shown(case, clock)


def until_day(case: Case, clock: Clock, text: ClockText, filled: Mapping[str, Any]) -> None:
    """Where the text lets a day that was agreed on end this clock. Raises Invalid at its field: gone by, or after the limit."""
    name = next((one for one in text.until if filled.get(one)), "")
    if not name:
        return
    day, first = date.fromisoformat(filled[name]), _day(clock.started)
    last = _day(clock.due - timedelta(microseconds=1))  # midnight ends the day before it
    if not first < day <= last:
        tomorrow = first + timedelta(days=1)
        between = {"first": date_format(tomorrow, "DATE_FORMAT"), "last": date_format(last, "DATE_FORMAT")}
        raise Invalid({name: [_("Please choose a day from %(first)s to %(last)s.") % between]})
    limit = Limit(counts="natural-days", days=(day - first).days)
    clock.limit, clock.counts = str(limit), limit.counts
    reckon(clock)
    shown(case, clock)


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def basis(case: Case) -> list[str | None]:
    """Whose hours count: [unit or None, place]. A desk, a checker and the outside go by the hours of the place."""
    unit = case.unit_id if case.waits_for in UNITS_WORK else None
    return [str(unit) if unit else None, str(case.place_id)]


def rebase(case: Case, clock: Clock, at: datetime) -> None:
    """From now on count by the hours of whoever has the case."""
    now = basis(case)
    if not clock.counted_by or clock.counted_by[-1][1:] != now:
        clock.counted_by = [*clock.counted_by, [at.isoformat() if clock.counted_by else "", *now]]


def reckon(clock: Clock, read: Reader | None = None) -> None:
    """Set `due`, `warn`, `provisional` and `next_at` of a clock that is not paused. No statement for urgent clocks."""
    limit, hours = parse_limit(clock.limit), hours_for(clock, read)
    end = due(clock.started, limit, hours, clock.standing)
    first = warning(clock.started, limit, clock.percent, hours, clock.standing)
    if end.at is None or first.at is None:
        raise ValueError("a clock that stands has no end")
    at = max(end.at, clock.not_before or end.at)
    _ends(clock, at, at - (end.at - first.at))
    clock.provisional = end.provisional


def hold_until(clock: Clock, due: datetime) -> None:
    """Later than its own limit says: a part of the case has until then. It warns as long before the end as it would have."""
    lead = clock.due - clock.warn
    clock.not_before = due
    _ends(clock, due, due - lead)


def _ends(clock: Clock, due: datetime, warn: datetime) -> None:
    moved = clock.due is not None and due > clock.due
    clock.due, clock.warn = due, warn
    if moved:
        _say_again(clock)
    clock.next_at = clock.warn if not clock.warned_at else clock.due if not clock.overdue_at else clock.next_at


def _say_again(clock: Clock) -> None:
    """The end was put off beyond what was said already: then it is said again when it comes."""
    if clock.overdue_at and clock.overdue_at < clock.due:
        clock.overdue_at, clock.escalated = None, 0
    if clock.warned_at and clock.warned_at < clock.warn:
        clock.warned_at = None


def shown(case: Case, clock: Clock) -> None:
    """A hand's clock shows at the hand alone."""
    about = clock.hand if clock.hand_id and clock.hand else case
    about.due_at, about.warn_at = clock.due, clock.warn


def hours_for(clock: Clock, read: Reader | None = None) -> Hours:
    """At most one statement (the held calendar is cold), none where every minute or every day counts.

    `read`: of calendar.queries.hours_reader, where many clocks are looked at.
    """
    if clock.counts == "urgent" or (clock.counts == "natural-days" and "rolling" not in clock.limit):
        return STANDARD
    read, found = read or hours_reader(), None
    for since, unit, place in clock.counted_by:
        near = clock.case.place if str(clock.case.place_id) == place else UUID(place)
        its = read(UUID(unit) if unit else None, places.chain(near))
        found = its if found is None else handed_over(found, its, _moment(since))
    return found or read(None, ())


def _moment(text: str) -> datetime:
    found = parse_datetime(text)
    if found is None:
        raise ValueError(f"{text!r} is not a moment")
    return found

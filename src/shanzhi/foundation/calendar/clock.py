"""Clocks: when something is due, when to warn, how much time has run. Pure; nothing here reads the database.

Four ways of counting:

urgent         every minute, day and night.
working-hours  minutes of the unit's opening hours on workdays.
working-days   the day of the start does not count; due at closing time of the Nth workday after it.
natural-days   the day of the start does not count; due at 24:00 of the Nth day after it; with `rolls` a last day
               that is not worked gives way to the next workday.

The law behind the days: Civil Code art. 201 (a period by hours runs at once; by days, the first day does not count) and
art. 203 (the last day ends at 24:00, or where there are business hours when business stops); Administrative Licensing
Law art. 82 and Administrative Penalty Law art. 85 (working days leave out statutory holidays); make-up workdays are
workdays. Handling limits are promises about work, so working days end when the unit's doors close. Natural days are
chosen where rest must not delay: they end at midnight and do not move, unless the text says that art. 203 applies.

A pause does not count (Administrative Licensing Law art. 45). By minutes, paused minutes are left out. By days, a day
counts when the clock is running as the day ends: a pause over three closing times gives three more days, a pause inside
one day gives none. (Were every day that a pause touches left out, a minute a day would put off the end for ever.)
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from . import counting
from .counting import DAY, FOREVER, MINUTE, SHANGHAI, Pauses
from .days import Workday, is_workday
from .hours import DEFAULT_SPANS, STANDARD, Hours, Period
from .limits import COUNTS, Counts, Limit, LimitError
from .parsing import parse_limit, parse_spans, spans_text
from .words import left_text, limit_text, time_text, unit_text

__all__ = [
    "COUNTS", "DEFAULT_SPANS", "SHANGHAI", "STANDARD", "Counts", "Due", "Hours", "Limit", "LimitError", "Pauses", "Period",
    "Workday", "due", "elapsed", "is_workday", "left_text", "limit_text", "parse_limit", "parse_spans", "spans_text",
    "time_text", "unit_text", "used", "warning",
]  # fmt: skip


class Due(NamedTuple):
    at: datetime | None  # UTC; None only while a pause without end holds the clock
    provisional: bool  # a day that is not announced yet was counted: calculate again when it is


def due(start: datetime, limit: Limit, hours: Hours = STANDARD, pauses: Pauses = ()) -> Due:
    """The end of the limit. `pauses` are (from, to) pairs in any order; `to` None means paused until further notice."""
    begin, stops = counting.to_ticks(start), counting.merged(pauses)
    if limit.by_day:
        end, provisional = _last_day(begin, limit, hours, stops)
    else:
        end, provisional = counting.reach(_running(begin, limit.counts, hours, stops), limit.minutes * MINUTE)
    return Due(None if end is None else counting.to_instant(end), provisional)


def warning(start: datetime, limit: Limit, percent: int, hours: Hours = STANDARD, pauses: Pauses = ()) -> Due:
    """When `percent` (1-100) of the counted time between start and end has run."""
    if not 1 <= percent <= 100:
        raise ValueError("a warning comes at 1 to 100 percent of the limit")
    begin, stops = counting.to_ticks(start), counting.merged(pauses)
    whole, provisional = limit.minutes * MINUTE, False
    if limit.by_day:
        # While a pause has no end neither has the limit; the warning is measured as if it ended at once.
        ended = [(stop, resume) for stop, resume in stops if resume != FOREVER]
        end, provisional = _last_day(begin, limit, hours, ended)
        whole = counting.total(_running(begin, limit.counts, hours, ended), end or 0)
    at, seen = counting.reach(_running(begin, limit.counts, hours, stops), -(-whole * percent // 100))
    return Due(None if at is None else counting.to_instant(at), provisional or seen)


def elapsed(
    start: datetime, now: datetime, limit: Limit | Counts, hours: Hours = STANDARD, pauses: Pauses = ()
) -> timedelta:
    """Counted time: opening hours for working-hours and working-days, all time for the other two; pauses left out."""
    counts = limit.counts if isinstance(limit, Limit) else limit
    begin, stops = counting.to_ticks(start), counting.merged(pauses)
    ran = counting.total(_running(begin, counts, hours, stops), counting.to_ticks(now))
    return timedelta(microseconds=ran)


def used(start: datetime, now: datetime, limit: Limit, hours: Hours = STANDARD, pauses: Pauses = ()) -> int | None:
    """Whole percent of the limit that has run; above 100 when overdue; None while the end is open."""
    end = due(start, limit, hours, pauses).at
    if end is None:
        return None
    whole = elapsed(start, end, limit, hours, pauses)
    return elapsed(start, now, limit, hours, pauses) * 100 // whole


def _running(begin: int, counts: Counts, hours: Hours, stops: list[tuple[int, int]]):
    pieces = counting.opening(begin, hours) if counts.startswith("working") else counting.always(begin)
    return counting.running(pieces, stops)


def _last_day(begin: int, limit: Limit, hours: Hours, stops: list[tuple[int, int]]) -> tuple[int | None, bool]:
    working, left, provisional = limit.counts == "working-days", limit.days, False
    midnight = begin - begin % DAY
    day = counting.day_of(begin)
    if not working and not left and not _paused(midnight + DAY, stops):
        return _rolled(day, limit, hours)
    while True:
        day, midnight = date.fromordinal(day.toordinal() + 1), midnight + DAY
        if stops and stops[-1][1] == FOREVER and stops[-1][0] < midnight:
            return None, provisional
        end = midnight + (hours.spans_on(day)[-1][1] * MINUTE if working else DAY)
        if _paused(end, stops):
            continue
        if working:
            works, estimated = hours.workday(day)
            provisional |= estimated
            if not works:
                continue
        left -= 1
        if left <= 0:
            return (end, provisional) if working else _rolled(day, limit, hours)


def _paused(end: int, stops: list[tuple[int, int]]) -> bool:
    """Is the clock standing in the last moment before `end`?"""
    return any(stop < end <= resume for stop, resume in stops)


def _rolled(day: date, limit: Limit, hours: Hours) -> tuple[int, bool]:
    provisional = False
    while limit.rolls:
        works, estimated = hours.workday(day)
        provisional |= estimated
        if works:
            break
        day = date.fromordinal(day.toordinal() + 1)
    return day.toordinal() * DAY, provisional

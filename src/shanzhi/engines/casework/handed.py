"""Opening hours of a clock that changed hands: up to that minute those of the one, from then on those of the other. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from shanzhi.foundation.calendar.clock import SHANGHAI, Hours, Period

ONE = timedelta(days=1)
Spans = tuple[tuple[int, int], ...]


def handed_over(old: Hours, new: Hours, at: datetime) -> Hours:
    """What ran before stays counted as it was: a unit that works by day must not lose the night of one that works round the clock."""
    local = at.astimezone(SHANGHAI)
    day, minute = local.date(), local.hour * 60 + local.minute
    mixed = _mixed(old, new, day, minute)
    periods = [period for period in old.periods if period.since < day]
    if mixed:
        periods.append(Period(day, mixed))
    periods.append(Period(day + ONE, new.spans_on(day + ONE)))
    periods += [period for period in new.periods if period.since > day + ONE]
    days = {one: works for one, works in old.days.items() if one < day}
    days |= {one: works for one, works in new.days.items() if one > day}
    before, after = old.workday(day), new.workday(day)
    if before != after or bool(mixed) != after.works or day in new.days:
        days[day] = bool(mixed)
    return Hours(tuple(periods), days)


def _mixed(old: Hours, new: Hours, day, minute: int) -> Spans:
    first = old.spans_on(day) if old.workday(day).works else ()
    then = new.spans_on(day) if new.workday(day).works else ()
    cut = [(begin, min(end, minute)) for begin, end in first if begin < minute]
    cut += [(max(begin, minute), end) for begin, end in then if end > minute]
    joined: list[tuple[int, int]] = []
    for begin, end in cut:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return tuple(joined)

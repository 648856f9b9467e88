"""On which days a standard falls due. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from .standards import DAYS, Frequency, Standard

LONGEST_BREAK = 20  # days without work in a row that `next` looks back over


def falls_due(standard: Standard, day: date, works: Callable[[date], bool]) -> bool:
    """`works`: is the day worked in that place?"""
    frequency = standard.frequency
    if frequency.workdays:
        return works(day)
    if standard.holidays == "keep":
        return named(frequency, day)
    if not works(day):
        return False
    if named(frequency, day):
        return True
    return standard.holidays == "next" and any(named(frequency, one) for one in _break_before(day, works))


def named(frequency: Frequency, day: date) -> bool:
    """Does the text name this day? A 31st means the last day of a shorter month."""
    if frequency.daily:
        return True
    if frequency.weekly:
        return DAYS[day.weekday()] in frequency.weekly
    if frequency.monthly:
        last = monthrange(day.year, day.month)[1]
        return day.day in {min(one, last) for one in frequency.monthly}
    if frequency.every:
        passed = (day - frequency.every.from_).days
        return passed >= 0 and passed % frequency.every.days == 0
    return False


def _break_before(day: date, works: Callable[[date], bool]):
    for back in range(1, LONGEST_BREAK + 1):
        earlier = day - timedelta(days=back)
        if works(earlier):
            return
        yield earlier

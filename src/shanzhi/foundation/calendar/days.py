"""Which days are worked in China. Known years come from `chinesecalendar`; others are estimated and marked so."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import chinese_calendar


class Workday(NamedTuple):
    works: bool
    provisional: bool  # estimated: the year's holidays are not announced yet


@lru_cache(maxsize=16384)
def is_workday(day: date) -> Workday:
    """Is this a national workday? Never raises: weekends and fixed holidays stand in for a year not yet announced."""
    try:
        return Workday(chinese_calendar.is_workday(day), False)
    except NotImplementedError:
        if _fixed_holiday(day):
            return Workday(False, False)
        # Spring Festival, Qingming, Dragon Boat, Mid-Autumn and every make-up day are unknown: any other day may turn.
        return Workday(day.weekday() < 5, True)


def _fixed_holiday(day: date) -> bool:
    """State Council Order 795 (in force 2025): 1 January, 1-2 May (before: 1 May), 1-3 October."""
    if (day.month, day.day) in ((1, 1), (5, 1)):
        return True
    if day.month == 10:
        return day.day <= 3
    return (day.month, day.day) == (5, 2) and day.year >= 2025

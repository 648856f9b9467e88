"""The slow clock: looks at every single minute. Shares nothing with the real one but the question."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

import chinese_calendar

from shanzhi.foundation.calendar.clock import SHANGHAI, Hours, Limit

MINUTE = timedelta(minutes=1)


@cache
def is_holiday(day) -> bool:
    return chinese_calendar.is_holiday(day)


def works(day, hours: Hours) -> bool:
    if day in hours.days:
        return hours.days[day]
    if day.year <= 2026:
        return not is_holiday(day)
    return day.weekday() < 5 and (day.month, day.day) not in {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


def spans(day, hours: Hours):
    best = ((480, 720), (840, 1080))
    for period in sorted(hours.periods, key=lambda p: p.since):
        if period.since <= day:
            best = period.spans
    return best


class Slow:
    def __init__(self, start: datetime, counts: str, hours: Hours, pauses) -> None:
        self.start, self.counts, self.hours = start.astimezone(SHANGHAI), counts, hours
        self.pauses = [(a, b) for a, b in pauses]
        self.known: dict = {}

    def paused(self, minute: datetime) -> bool:
        return any(a <= minute < b for a, b in self.pauses)

    def day(self, day):
        if day not in self.known:
            self.known[day] = (works(day, self.hours), spans(day, self.hours))
        return self.known[day]

    def runs(self, minute: datetime) -> bool:
        if self.paused(minute):
            return False
        if not self.counts.startswith("working"):
            return True
        open_today, at = self.day(minute.date())
        number = minute.hour * 60 + minute.minute
        return open_today and any(a <= number < b for a, b in at)

    def minutes(self):
        minute = self.start
        while True:
            yield minute
            minute += MINUTE

    def due(self, limit: Limit) -> datetime:
        return self.due_by_day(limit) if limit.by_day else self.due_by_minute(limit)

    def due_by_minute(self, limit: Limit) -> datetime:
        count = 0
        for minute in self.minutes():
            count += self.runs(minute)
            if count == limit.minutes:
                return minute + MINUTE
        raise AssertionError

    def due_by_day(self, limit: Limit) -> datetime:
        count = 0
        for minute in self.minutes():
            open_today, at = self.day(minute.date())
            number = minute.hour * 60 + minute.minute + 1
            ends = (open_today and number == at[-1][1]) if self.counts == "working-days" else number == 1440
            if not ends or self.paused(minute):
                continue
            if minute.date() > self.start.date():
                count += 1
            if count >= limit.days and (limit.days == 0 or minute.date() > self.start.date()):
                return self.rolled(minute, limit)
        raise AssertionError

    def rolled(self, minute: datetime, limit: Limit) -> datetime:
        while limit.rolls and not self.day(minute.date())[0]:
            minute += timedelta(days=1)
        return minute + MINUTE

    def elapsed(self, now: datetime) -> int:
        count = 0
        for minute in self.minutes():
            if minute >= now:
                return count
            count += self.runs(minute)
        raise AssertionError

    def warning(self, limit: Limit, percent: int) -> datetime:
        """The end of the first minute at which the percentage is reached or passed."""
        whole = self.elapsed(self.due(limit)) if limit.by_day else limit.minutes
        count = 0
        for minute in self.minutes():
            count += self.runs(minute)
            if count * 100 >= whole * percent:
                return minute + MINUTE
        raise AssertionError

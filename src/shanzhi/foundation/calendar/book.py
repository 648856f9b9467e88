"""All local days and hours, held per process for a short while: a clock is started with every action on a case."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from .hours import Hours, Period

SECONDS = 30.0

EVERYTHING = """
SELECT day, works, place, unit, NULL::date, NULL::jsonb FROM calendar_calendarday
UNION ALL
SELECT NULL, NULL, NULL, unit, since, spans FROM calendar_hours
"""


class Book:
    """The rows in memory. Hours are answered as shared objects: their sorted periods are worked out once."""

    def __init__(self) -> None:
        self.days: dict[tuple[UUID | None, UUID | None], dict[date, bool]] = {}
        self.periods: dict[UUID | None, list[Period]] = {}
        self.answers: dict[tuple[UUID | None, tuple[UUID, ...]], Hours] = {}
        with connection.cursor() as cursor:
            cursor.execute(EVERYTHING)
            for day, works, place, unit, since, spans in cursor.fetchall():
                if day is not None:
                    self.days.setdefault((place, unit), {})[day] = works
                else:
                    self.periods.setdefault(unit, []).append(Period(since, _spans(spans)))

    def hours(self, unit: UUID | None, places: Sequence[UUID]) -> Hours:
        key = (unit, tuple(places))
        if key not in self.answers:
            days = dict(self.days.get((None, None), {}))
            for place in reversed(places):
                days |= self.days.get((place, None), {})
            if unit is not None:
                days |= self.days.get((None, unit), {})
            self.answers[key] = Hours(tuple(self._periods(unit)), days)
        return self.answers[key]

    def _periods(self, unit: UUID | None) -> list[Period]:
        common, own = self.periods.get(None, []), self.periods.get(unit, []) if unit else []
        if not own:
            return common
        first = min(period.since for period in own)
        return [period for period in common if period.since < first] + own


_held: tuple[float, Book] | None = None
_open_until = 0.0


def current(fresh: bool = False) -> Book:
    """The book, at most SECONDS old (`fresh`: as the database has it now)."""
    global _held
    now = time.monotonic()
    if fresh or now < _open_until:
        return Book()
    if _held is None or now - _held[0] > SECONDS:
        _held = (now, Book())
    return _held[1]


def forget() -> None:
    """After a change, read the database for a while: what this transaction wrote may still be rolled back."""
    global _held, _open_until
    _held, _open_until = None, time.monotonic() + SECONDS


def _spans(stored: str | list) -> tuple[tuple[int, int], ...]:
    found = json.loads(stored) if isinstance(stored, str) else stored
    return tuple((begin, end) for begin, end in found)

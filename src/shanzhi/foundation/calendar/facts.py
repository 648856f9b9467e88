"""What the calendar writes to the journal. Whoever keeps running clocks recalculates them on these."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from shanzhi.foundation.journal.facts import Fact, declare


@declare
class DaySet(Fact):
    """A day is worked or not, against the national calendar; `works` None: the exception was taken back."""

    kind: ClassVar[str] = "calendar.day-set"
    day: date
    works: bool | None
    place: UUID | None
    unit: UUID | None


@declare
class HoursSet(Fact):
    """From `since` on a unit (None: all without hours of their own) has other opening hours; no spans: as before."""

    kind: ClassVar[str] = "calendar.hours-set"
    unit: UUID | None
    since: date
    spans: list[list[int]]

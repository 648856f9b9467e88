"""Reads of the calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from . import book
from .days import Workday
from .hours import Hours
from .models import CalendarDay, OpeningHours

__all__ = ["hours_of", "hours_reader", "local_days", "opening_hours", "workday"]


def hours_of(unit: UUID | None = None, places: Sequence[UUID] = (), *, fresh: bool = False) -> Hours:
    """What `clock.due` wants: the unit's opening hours and the days that hold there.

    `places`: the chain of the place, nearest first (`places.queries.chain`). A day set for the unit wins over the nearest
    place, that over places above, that over everyone. No statement while the held book is young (30 s), else one;
    `fresh` for recalculation after a `calendar.` fact.
    """
    return book.current(fresh).hours(unit, places)


def hours_reader(*, fresh: bool = False) -> Callable[[UUID | None, Sequence[UUID]], Hours]:
    """`hours_of` for many at once: (unit, places) → Hours, from one reading of the calendar."""
    return book.current(fresh).hours


def workday(day: date, unit: UUID | None = None, places: Sequence[UUID] = ()) -> Workday:
    """Is the day worked there, and is that certain?"""
    return hours_of(unit, places).workday(day)


def local_days(first: date, last: date, *, unit: UUID | None = None, places: Sequence[UUID] = ()) -> list[CalendarDay]:
    """The exceptions from `first` to `last` that touch this unit or one of these places, in order of days."""
    touching = Q(place=None, unit=None) | Q(place__in=list(places))
    if unit is not None:
        touching |= Q(unit=unit)
    return list(CalendarDay.objects.filter(touching, day__range=(first, last)).order_by("day", "id"))


def opening_hours(unit: UUID | None) -> list[OpeningHours]:
    """The dated hours of a unit (None: the common ones), oldest first."""
    return list(OpeningHours.objects.filter(unit=unit).order_by("since"))

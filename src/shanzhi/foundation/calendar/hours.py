"""Opening hours of a unit: dated, with the local exceptions that hold for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from .days import Workday, is_workday

Spans = tuple[tuple[int, int], ...]  # minutes of the day, [from, to)

MINUTES_OF_DAY = 1440
DEFAULT_SPANS: Spans = ((480, 720), (840, 1080))


@dataclass(frozen=True, slots=True)
class Period:
    """From this date on (until the next period) the unit is open on workdays during these spans."""

    since: date
    spans: Spans

    def __post_init__(self) -> None:
        check_spans(self.spans)


@dataclass(frozen=True)
class Hours:
    """`periods` in any order; before the first one 08-12 and 14-18 hold. `days` overrule the national calendar.

    Times are those of Asia/Shanghai. A shift across midnight is two spans: 00:00-06:00 and 22:00-24:00.
    """

    periods: tuple[Period, ...] = ()
    days: Mapping[date, bool] = field(default_factory=dict, hash=False)

    @cached_property
    def _sorted(self) -> tuple[list[date], list[Spans]]:
        ordered = sorted(self.periods, key=lambda period: period.since)
        return [p.since for p in ordered], [DEFAULT_SPANS, *(p.spans for p in ordered)]

    def spans_on(self, day: date) -> Spans:
        """The spans that would hold if the day is worked."""
        since, spans = self._sorted
        return spans[bisect_right(since, day)]

    def workday(self, day: date) -> Workday:
        local = self.days.get(day)
        return is_workday(day) if local is None else Workday(local, False)


STANDARD = Hours()


def check_spans(spans: Iterable[tuple[int, int]]) -> None:
    """ValueError unless there is at least one span and they are ordered, apart and inside one day."""
    # Empty hours are refused because a clock over them would never run out.
    last, some = -1, False
    for begin, end in spans:
        if not last < begin < end <= MINUTES_OF_DAY:
            raise ValueError(f"opening hours must be in order, apart, and within 00:00-24:00: {begin}-{end}")
        last, some = end, True
    if not some:
        raise ValueError("opening hours need at least one span")

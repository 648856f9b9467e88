"""The arithmetic under the clock: instants as whole microseconds of Shanghai time, walked by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from .hours import Hours

# China has kept one time without summer time since 1992: a fixed offset is exact and quick.
SHANGHAI = timezone(timedelta(hours=8))
SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 86400 * SECOND
FOREVER = 1 << 62
_EPOCH = datetime(1, 1, 1, tzinfo=SHANGHAI)

Pauses = Iterable[tuple[datetime, datetime | None]]


class Piece(NamedTuple):
    begin: int
    end: int  # equal to `begin` on a day that does not count
    provisional: bool


def to_ticks(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError("a clock needs instants with a time zone")
    past = at - _EPOCH
    return past.days * DAY + past.seconds * SECOND + past.microseconds


def to_instant(ticks: int) -> datetime:
    return (_EPOCH + timedelta(microseconds=ticks)).astimezone(UTC)


def day_of(ticks: int) -> date:
    return date.fromordinal(ticks // DAY + 1)


def merged(pauses: Pauses) -> list[tuple[int, int]]:
    """In order and apart; one without an end lasts for ever, one that ends before it begins is nothing."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted((to_ticks(b), FOREVER if e is None else to_ticks(e)) for b, e in pauses):
        if end <= begin:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def always(start: int) -> Iterator[Piece]:
    yield Piece(start, FOREVER, False)


def opening(start: int, hours: Hours) -> Iterator[Piece]:
    """Opening times from `start` on, without end; a closed day gives one empty piece."""
    day, midnight = day_of(start), start - start % DAY
    while True:
        works, provisional = hours.workday(day)
        if works:
            for begin, end in hours.spans_on(day):
                if midnight + end * MINUTE > start:
                    yield Piece(max(start, midnight + begin * MINUTE), midnight + end * MINUTE, provisional)
        else:
            yield Piece(midnight, midnight, provisional)
        day, midnight = date.fromordinal(day.toordinal() + 1), midnight + DAY


def running(pieces: Iterable[Piece], pauses: list[tuple[int, int]]) -> Iterator[Piece]:
    """The pieces without what is paused. Ends where a pause without end holds the clock."""
    index = 0
    for begin, end, provisional in pieces:
        while index < len(pauses) and pauses[index][1] <= begin:
            index += 1
        if index < len(pauses) and pauses[index][0] <= begin and pauses[index][1] == FOREVER:
            return
        if begin == end:
            yield Piece(begin, end, provisional)
        for stop, resume in pauses[index:]:
            if stop >= end or begin >= end:
                break
            if stop > begin:
                yield Piece(begin, stop, provisional)
            begin = resume
        if begin < end:
            yield Piece(begin, end, provisional)


def reach(pieces: Iterable[Piece], amount: int) -> tuple[int | None, bool]:
    """When `amount` ticks have run (None: never, as it is paused), and whether an estimated day was in the way."""
    provisional = False
    for begin, end, estimated in pieces:
        provisional |= estimated
        if begin < end and amount <= end - begin:
            return begin + amount, provisional
        amount -= end - begin
    return None, provisional


def total(pieces: Iterable[Piece], until: int) -> int:
    """Ticks that ran before `until`."""
    ran = 0
    for begin, end, _ in pieces:
        if begin >= until:
            break
        ran += min(end, until) - begin
    return ran

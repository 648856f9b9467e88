"""Clocks that are paused, extended and handed over at random, against the slow clock that looks at every minute."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parents[2] / "foundation" / "calendar"))
from clock_oracle import Slow, spans, works  # noqa: E402
from clock_strategies import hours, limits, moments  # noqa: E402

from shanzhi.engines.casework.handed import handed_over  # noqa: E402
from shanzhi.engines.casework.models import Case, Clock  # noqa: E402
from shanzhi.engines.casework.timing import hold_until, reckon  # noqa: E402
from shanzhi.foundation.calendar.clock import SHANGHAI, Hours, Limit, parse_limit  # noqa: E402
from tries import tries  # noqa: E402

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.property
slow = tries(60)


class Handed(Slow):
    """Which minutes are open is asked minute by minute, of whoever had the case in that minute."""

    def __init__(self, start: datetime, counts: str, hands: list[tuple[datetime, Hours]], pauses) -> None:
        super().__init__(start, counts, hands[0][1], pauses)
        self.hands = hands

    def day(self, day):
        if day not in self.known:
            self.known[day] = self._day(day)
        return self.known[day]

    def _day(self, day):
        midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        last = [(since, which) for since, which in self.hands if since <= midnight][-1:] or self.hands[:1]
        during = [one for one in self.hands[1:] if midnight < one[0] < midnight + timedelta(days=1)]
        if not during:
            return works(day, last[0][1]), spans(day, last[0][1])
        open_ = [
            number
            for number in range(1440)
            if _open(
                number,
                day,
                [h for since, h in [*last, *during] if since <= midnight + number * MINUTE or h is last[0][1]][-1],
            )
        ]
        found: list[list[int]] = []
        for number in open_:
            if found and found[-1][1] == number:
                found[-1][1] = number + 1
            else:
                found.append([number, number + 1])
        return bool(found), [tuple(one) for one in found]


def _open(number: int, day, which: Hours) -> bool:
    return works(day, which) and any(a <= number < b for a, b in spans(day, which))


@st.composite
def handings(draw) -> tuple[datetime, Limit, list[tuple[datetime, Hours]]]:
    start = draw(moments())
    hands = [(start, draw(hours(start.date())))]
    later = start
    for _n in range(draw(st.integers(1, 2))):
        later += timedelta(minutes=draw(st.integers(1, 4000)))
        hands.append((later, draw(hours(start.date()))))
    return start, draw(limits()), hands


def composed(hands: list[tuple[datetime, Hours]]) -> Hours:
    found = hands[0][1]
    for since, which in hands[1:]:
        found = handed_over(found, which, since)
    return found


@slow
@given(handings())
def test_hours_that_changed_hands_are_those_of_whoever_had_the_case(question):
    start, limit, hands = question
    from shanzhi.foundation.calendar.clock import due

    assert due(start, limit, composed(hands)).at == Handed(start, limit.counts, hands, ()).due(limit)


def clock_of(start: datetime, limit: Limit) -> Clock:
    case = Case(id=uuid4(), place_id=uuid4(), waits_for="handler")
    clock = Clock(case=case, state="handling", limit=str(limit), counts=limit.counts, percent=80, started=start)
    clock.counted_by = []
    return clock


@st.composite
def lives(draw) -> SimpleNamespace:
    """What happens to one clock: pauses of any length, more time, each some minutes after the other."""
    start, limit = draw(moments()), draw(limits())
    happens: list[tuple[str, datetime, Any]] = []
    now = start
    for _n in range(draw(st.integers(1, 5))):
        now += draw(st.sampled_from([0, 1, 30, 180, 600, 1439, 3000])) * MINUTE
        if draw(st.booleans()):
            back = now + draw(st.sampled_from([0, 1, 59, 480, 1440, 5000])) * MINUTE
            happens.append(("pause", now, back))
            now = back
        else:
            happens.append(("extend", now, draw(st.integers(1, 3))))
    return SimpleNamespace(start=start, limit=limit, happens=happens, hours=draw(hours(start.date())))


@slow
@given(lives())
def test_a_life_of_pauses_and_more_time_ends_when_the_slow_clock_says(life):
    clock = clock_of(life.start, life.limit)

    def read(unit, places):
        return life.hours

    reckon(clock, read)
    limit, pauses = life.limit, []
    for what, at, value in life.happens:
        before = clock.due
        if what == "pause":
            clock.pauses = [*clock.pauses, [at, value]]
            pauses.append((at, value))
        else:
            more = (
                Limit(counts=limit.counts, days=value)
                if limit.by_day
                else Limit(counts=limit.counts, minutes=value * 60)
            )
            clock.limit = str(parse_limit(clock.limit).plus(more))
            limit = limit.plus(more)
        reckon(clock, read)
        assert clock.due >= before
        assert clock.started < clock.warn <= clock.due
    assert parse_limit(clock.limit) == limit
    # A clock by hours of nobody in particular goes by the common ones.
    assert clock.due == Slow(life.start, limit.counts, life.hours if _counts_hours(limit) else Hours(), pauses).due(
        limit
    )


@slow
@given(lives(), st.integers(-5000, 40000))
def test_held_for_a_part_it_ends_with_the_part_at_the_earliest(life, length):
    """Whatever pauses and more time do: never before what the slow clock says, never before the part, and it warns as long before."""

    def read(unit, places):
        return life.hours

    clock = clock_of(life.start, life.limit)
    reckon(clock, read)
    lead = clock.due - clock.warn
    part = clock.due + length * MINUTE
    if length > 0:
        clock.warned_at, clock.overdue_at, clock.escalated = clock.warn, clock.due, 2
        hold_until(clock, part)
        assert (clock.due, clock.due - clock.warn) == (part, lead)
        assert (clock.warned_at, clock.overdue_at, clock.escalated, clock.next_at) == (None, None, 0, clock.warn)
    limit, pauses = life.limit, []
    for what, at, value in life.happens:
        if what == "pause":
            clock.pauses = [*clock.pauses, [at, value]]
            pauses.append((at, value))
            reckon(clock, read)
            own = Slow(
                life.start, limit.counts, life.hours if _counts_hours(limit) else Hours(), pauses
            ).due(limit)  # fmt: skip
            assert clock.due == (max(own, part) if length > 0 else own)
            assert clock.warn < clock.due


def _counts_hours(limit: Limit) -> bool:
    return limit.counts.startswith("working") or limit.rolls


@slow
@given(lives(), st.integers(0, 20000))
def test_what_was_left_is_what_is_left_after_the_pause(life, length):
    """A pause at any moment before the end, of any length: in minutes that count, nothing is lost and nothing won."""
    from shanzhi.foundation.calendar.clock import elapsed

    if life.limit.by_day:
        return
    clock = clock_of(life.start, life.limit)
    reckon(clock, lambda unit, places: life.hours)
    which = life.hours if _counts_hours(life.limit) else Hours()
    middle = life.start + (clock.due - life.start) / 2
    left = elapsed(life.start, clock.due, life.limit, which) - elapsed(life.start, middle, life.limit, which)
    back = middle + length * MINUTE
    clock.pauses = [[middle, back]]
    reckon(clock, lambda unit, places: life.hours)
    assert elapsed(back, clock.due, life.limit, which) == left

"""The quick clock against the slow one, and laws that hold to the microsecond."""

from datetime import timedelta

import pytest
from clock_oracle import Slow
from clock_strategies import questions
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.foundation.calendar.clock import SHANGHAI, due, elapsed, used, warning
from tries import tries

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.property
slow = tries(75)


@slow
@given(questions())
def test_due_is_what_the_slow_clock_finds(question):
    start, limit, hours, pauses = question
    found = due(start, limit, hours, pauses)
    assert found.at == Slow(start, limit.counts, hours, pauses).due(limit)


@slow
@given(questions(), st.integers(0, 9000))
def test_elapsed_is_what_the_slow_clock_counts(question, later):
    start, limit, hours, pauses = question
    now = start + later * MINUTE
    assert elapsed(start, now, limit, hours, pauses) == Slow(start, limit.counts, hours, pauses).elapsed(now) * MINUTE


@slow
@given(questions(), st.integers(1, 100))
def test_warning_comes_in_the_minute_that_the_slow_clock_finds(question, percent):
    start, limit, hours, pauses = question
    found = warning(start, limit, percent, hours, pauses).at
    end = Slow(start, limit.counts, hours, pauses).warning(limit, percent)
    assert end - MINUTE < found <= end


@slow
@given(questions(), st.integers(0, 86400 * 10**6))
def test_laws_to_the_microsecond(question, micros):
    start, limit, hours, pauses = question
    start += timedelta(microseconds=micros)
    end = due(start, limit, hours, pauses).at
    assert start < end
    assert used(start, end, limit, hours, pauses) == 100 or limit.rolls
    warn = warning(start, limit, 80, hours, pauses).at
    assert start < warn <= end
    if not limit.by_day:
        assert elapsed(start, end, limit, hours, pauses) == limit.minutes * MINUTE
        assert elapsed(start, end - timedelta(microseconds=1), limit, hours, pauses) < limit.minutes * MINUTE
    middle = start + (end - start) / 3
    parts = elapsed(start, middle, limit, hours, pauses) + elapsed(middle, end, limit, hours, pauses)
    assert parts == elapsed(start, end, limit, hours, pauses)


@slow
@given(questions())
def test_provisional_says_whether_an_unannounced_day_was_counted(question):
    start, limit, hours, pauses = question
    found = due(start, limit, hours, pauses)
    day, last = start.astimezone(SHANGHAI).date(), (found.at - MINUTE).astimezone(SHANGHAI).date()
    days = [day + timedelta(days=n) for n in range((last - day).days + 1)]
    unknown = [d for d in days if hours.workday(d).provisional]
    if limit.counts == "urgent" or (limit.counts == "natural-days" and not limit.rolls) or not unknown:
        assert not found.provisional
    elif limit.counts.startswith("working") and not pauses and [d for d in unknown if d > day]:
        assert found.provisional
    if found.provisional:
        assert unknown


@slow
@given(questions())
def test_a_pause_never_brings_the_end_nearer(question):
    start, limit, hours, pauses = question
    assert due(start, limit, hours, pauses).at >= due(start, limit, hours).at

"""Dates where clocks go wrong: National Day, Spring Festival, make-up days, the end of what the calendar knows."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from shanzhi.foundation.calendar.clock import SHANGHAI, Hours, Limit, Period

CORNERS = [
    date(2026, 9, 27),
    date(2026, 2, 11),
    date(2026, 12, 28),
    date(2027, 9, 28),
    date(2026, 4, 30),
    date(2025, 1, 24),
]


@st.composite
def moments(draw, near: date | None = None, days: int = 8):
    day = near or draw(st.sampled_from(CORNERS))
    minute = draw(st.integers(0, days * 1440))
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) + timedelta(minutes=minute)


@st.composite
def spans(draw):
    edges = sorted(draw(st.sets(st.integers(0, 48), min_size=2, max_size=6)))
    edges = edges[: len(edges) // 2 * 2]
    return tuple((a * 30, b * 30) for a, b in zip(edges[::2], edges[1::2], strict=True))


@st.composite
def hours(draw, near: date):
    offsets = draw(st.lists(st.integers(-3, 15), max_size=2, unique=True))
    periods = tuple(Period(near + timedelta(days=n), draw(spans())) for n in offsets)
    days = draw(st.dictionaries(st.integers(0, 12).map(lambda n: near + timedelta(days=n)), st.booleans(), max_size=4))
    return Hours(periods, days)


@st.composite
def limits(draw):
    counts = draw(st.sampled_from(["urgent", "working-hours", "working-days", "natural-days"]))
    if counts == "working-days":
        return Limit(counts=counts, days=draw(st.integers(1, 4)))
    if counts == "natural-days":
        return Limit(counts=counts, days=draw(st.integers(0, 6)), rolls=draw(st.booleans()))
    return Limit(counts=counts, minutes=draw(st.integers(1, 1500)))


@st.composite
def questions(draw):
    """(start, limit, hours, pauses), all on whole minutes."""
    start = draw(moments())
    pauses = []
    for _ in range(draw(st.integers(0, 4))):
        if draw(st.booleans()):  # exactly at opening, lunch, closing or midnight
            midnight = start.replace(hour=0, minute=0) + timedelta(days=draw(st.integers(-1, 5)))
            begin = midnight + timedelta(minutes=draw(st.sampled_from([0, 480, 720, 840, 1080])))
        else:
            begin = start + timedelta(minutes=draw(st.integers(-600, 6000)))
        pauses.append(
            (begin, begin + timedelta(minutes=draw(st.sampled_from([0, 1, 30, 120, 360, 540, 600, 1440, 4000]))))
        )
    return start, draw(limits()), draw(hours(start.date())), pauses

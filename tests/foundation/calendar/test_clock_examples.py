"""Clocks by hand: each line can be checked with a calendar on the wall."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from shanzhi.foundation.calendar.clock import (
    SHANGHAI,
    STANDARD,
    Hours,
    Limit,
    LimitError,
    Period,
    Workday,
    due,
    elapsed,
    is_workday,
    left_text,
    limit_text,
    parse_limit,
    parse_spans,
    spans_text,
    used,
    warning,
)  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        ("2026-11-20 23:50", "30 minutes", "2026-11-21 00:20"),  # across midnight
        ("2026-11-19 11:30", "4 working hours", "2026-11-19 17:30"),  # lunch does not count
        ("2026-11-20 17:00", "2 working hours", "2026-11-23 09:00"),  # Friday to Monday
        ("2026-11-19 08:00", "4 working hours", "2026-11-19 12:00"),  # full at noon, not at two
        ("2026-09-30 17:00", "2 working hours", "2026-10-08 09:00"),  # National Day
        ("2026-09-30 09:00", "3 working days", "2026-10-10 18:00"),  # Saturday 10 October is a make-up workday
        ("2026-09-19 20:00", "1 working day", "2026-09-20 18:00"),  # from Saturday; Sunday the 20th is made up
        ("2026-02-13 10:00", "2 working days", "2026-02-24 18:00"),  # Saturday 14th counts, then Spring Festival
        ("2026-11-20 09:00", "1 working day", "2026-11-23 18:00"),  # the first day does not count, however early
        ("2026-11-21 10:00", "1 working day", "2026-11-23 18:00"),  # a Saturday start
        ("2026-11-20 09:00", "1 natural day", "2026-11-22 00:00"),
        ("2026-11-20 09:00", "same day", "2026-11-21 00:00"),
        ("2026-09-30 09:00", "1 natural day", "2026-10-02 00:00"),
        ("2026-09-30 09:00", "1 natural day rolling", "2026-10-09 00:00"),  # art. 203: the first workday is the 8th
    ],
)
def test_ends(start, limit, end):
    found = due(at(start), parse_limit(limit))
    assert found.at == at(end)
    assert not found.provisional


@pytest.mark.parametrize(
    ("start", "limit", "pauses", "end"),
    [
        ("2026-11-19 09:00", "2 working hours", [("2026-11-19 10:00", "2026-11-19 11:00")], "2026-11-19 12:00"),
        ("2026-11-19 09:00", "2 working hours", [("2026-11-19 12:00", "2026-11-19 14:00")], "2026-11-19 11:00"),
        ("2026-11-20 17:00", "2 working hours", [("2026-11-20 17:30", "2026-11-23 09:00")], "2026-11-23 10:30"),
        ("2026-09-30 17:00", "1 hour", [("2026-09-30 17:10", "2026-10-05 00:00")], "2026-10-05 00:50"),
        # by days: three closing times fall into the pause, three more days
        ("2026-11-16 09:00", "2 working days", [("2026-11-17 10:00", "2026-11-20 09:00")], "2026-11-23 18:00"),
        ("2026-11-16 09:00", "2 working days", [("2026-11-17 09:00", "2026-11-17 17:59")], "2026-11-18 18:00"),
        ("2026-11-16 09:00", "1 natural day", [("2026-11-17 23:59", "2026-11-18 00:01")], "2026-11-19 00:00"),
        # from closing time on: the day had counted; up to closing time: it had not
        ("2026-11-16 09:00", "2 working days", [("2026-11-18 18:00", "2026-11-19 09:00")], "2026-11-18 18:00"),
        ("2026-11-16 09:00", "2 working days", [("2026-11-18 17:00", "2026-11-18 18:00")], "2026-11-19 18:00"),
        ("2026-11-16 09:00", "1 natural day", [("2026-11-18 00:00", "2026-11-18 09:00")], "2026-11-18 00:00"),
        ("2026-11-16 09:00", "1 natural day", [("2026-11-17 20:00", "2026-11-18 00:00")], "2026-11-19 00:00"),
        # over a make-up workday
        ("2026-10-09 09:00", "1 working day", [("2026-10-10 17:00", "2026-10-10 19:00")], "2026-10-12 18:00"),
        # in any order, overlapping, empty or backwards
        (
            "2026-11-19 09:00", "2 hours",
            [("2026-11-19 10:30", "2026-11-19 11:00"), ("2026-11-19 10:00", "2026-11-19 10:40"),
             ("2026-11-19 10:50", "2026-11-19 10:20")],
            "2026-11-19 12:00",
        ),
    ],
)  # fmt: skip
def test_pauses(start, limit, pauses, end):
    stops = [(at(a), at(b)) for a, b in pauses]
    assert due(at(start), parse_limit(limit), STANDARD, stops).at == at(end)


@pytest.mark.parametrize("limit", ["2 hours", "2 working hours", "2 working days", "2 natural days"])
def test_a_pause_without_end_holds_the_clock(limit):
    start, limit = at("2026-11-19 09:00"), parse_limit(limit)
    stop = at("2026-11-19 10:00")
    assert due(start, limit, STANDARD, [(stop, None)]).at is None
    assert used(start, stop, limit, STANDARD, [(stop, None)]) is None
    assert elapsed(start, stop + timedelta(days=90), limit, STANDARD, [(stop, None)]) == timedelta(hours=1)
    warned = warning(start, limit, 10, STANDARD, [(stop, None)]).at
    assert warned is None or warned <= stop
    late = due(start, limit).at + timedelta(days=30)
    assert due(start, limit, STANDARD, [(late, None)]).at == due(start, limit).at


def test_hours_change_on_the_way():
    hours = Hours((Period(date(2026, 11, 20), parse_spans("09:00-10:00")),))
    assert due(at("2026-11-19 17:00"), parse_limit("3 working hours"), hours).at == at("2026-11-23 10:00")
    assert due(at("2026-11-19 17:00"), parse_limit("1 working day"), hours).at == at("2026-11-20 10:00")


def test_a_night_shift_counts_across_midnight():
    hours = Hours((Period(date.min, parse_spans("00:00-06:00, 22:00-24:00")),))
    assert due(at("2026-11-19 23:00"), parse_limit("3 working hours"), hours).at == at("2026-11-20 02:00")


def test_a_local_day_overrules_the_national_one_and_is_certain():
    hours = Hours(days={date(2026, 11, 21): True, date(2026, 11, 23): False})
    assert due(at("2026-11-20 09:00"), parse_limit("2 working days"), hours).at == at("2026-11-24 18:00")
    sure = Hours(days={date(2027, 1, 4): True})
    assert due(at("2026-12-31 09:00"), parse_limit("1 working day"), sure) == (at("2027-01-04 18:00"), True)
    known = Hours(days={date(2027, 1, n): n == 4 for n in (2, 3, 4)})
    assert due(at("2026-12-31 09:00"), parse_limit("1 working day"), known) == (at("2027-01-04 18:00"), False)


def test_warning_is_a_share_of_counted_time():
    assert warning(at("2026-11-20 17:00"), parse_limit("2 working hours"), 75).at == at("2026-11-23 08:30")
    assert warning(at("2026-11-20 10:00"), parse_limit("1 working day"), 50).at == at("2026-11-23 09:00")
    with pytest.raises(ValueError, match="percent"):
        warning(at("2026-11-20 10:00"), parse_limit("1 hour"), 0)


@pytest.mark.parametrize(
    ("day", "works", "provisional"),
    [
        ("2026-10-01", False, False), ("2026-10-10", True, False), ("2027-01-01", False, False),
        ("2027-05-02", False, False), ("2027-10-03", False, False), ("2027-10-04", True, True),
        ("2027-02-08", True, True), ("2027-11-20", False, True), ("1999-05-02", False, True), ("2003-05-05", True, True),
        ("9999-12-31", True, True), ("0001-01-01", False, False),
    ],
)  # fmt: skip
def test_days_of_any_year_are_answered(day, works, provisional):
    assert is_workday(date.fromisoformat(day)) == Workday(works, provisional)


@pytest.mark.parametrize("year", [1950, 2003, 2027, 2035, 2199])
@pytest.mark.parametrize("limit", ["2 hours", "40 working hours", "20 working days", "30 natural days rolling"])
def test_no_year_raises(year, limit):
    found = due(at(f"{year}-01-20 09:00"), parse_limit(limit))
    assert found.at is not None
    assert found.provisional is (limit != "2 hours")


def test_an_instant_without_a_zone_is_a_mistake():
    with pytest.raises(ValueError, match="time zone"):
        due(datetime(2026, 1, 1), parse_limit("1 hour"))


@pytest.mark.parametrize("counts", ["working-hours", "working-days"])
def test_ten_years_are_quick(counts):
    limit = Limit(counts=counts, **({"days": 2500} if counts.endswith("days") else {"minutes": 2500 * 480}))
    assert due(at("2026-01-01 00:00"), limit).at.year in (2035, 2036)


GOOD = {
    "30 minutes": "30 minutes", "30分钟": "30 minutes", "三十分钟": "30 minutes", "2小时": "120 minutes", "半小时": "30 minutes",
    "1.5 hours": "90 minutes", "1小时30分钟": "90 minutes", "24小时(连续)": "1440 minutes", "２４小时（连续）": "1440 minutes",
    "4工作时": "240 working minutes", "4个工作小时": "240 working minutes", "2 hours (working hours)": "120 working minutes",
    "3个工作日": "3 working days", "三个工作日": "3 working days", "3 个工作日内": "3 working days", "十五个工作日": "15 working days",
    "1 working day": "1 working days", "3 business days": "3 working days", "5个自然日": "5 natural days",
    "5 Natural Days": "5 natural days", "5个自然日(顺延)": "5 natural days rolling", "当日": "same day", "same day": "same day",
}  # fmt: skip


@pytest.mark.parametrize(("text", "canonical"), GOOD.items())
def test_limits_are_read_and_written_back(text, canonical):
    limit = parse_limit(text)
    assert str(limit) == canonical
    assert parse_limit(str(limit)) == parse_limit(str(limit), limit.counts) == limit


BAD = [
    "", "  ", "soon", "尽快", "30", "hours", "5天", "5 days", "0 hours", "-3 hours", "3.5 working days", "0 working days",
    "1 day 2 hours", "4 working hours (continuous)", "3 working days (rolling)", "2 hours (sometimes)", "3 werking days",
    "1e3 hours", "十十天", "一二三小时", "99999999 minutes", "3 working days and more", "2 hours 3 working hours x", "NaN hours",
    "3工作曰", "同日", "½ hour", "4000 natural days",
]  # fmt: skip


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_unclear_is_refused_with_advice(text, language):
    with pytest.raises(LimitError) as caught, translation.override(language):
        parse_limit(text)
    assert str(caught.value.message)
    assert str(caught.value.advice)


def test_counts_beside_the_text_settle_or_contradict():
    assert parse_limit("2 hours", "working-hours") == Limit(counts="working-hours", minutes=120)
    assert parse_limit("5天", "natural-days") == Limit(counts="natural-days", days=5)
    assert parse_limit("5 days", "working-days") == Limit(counts="working-days", days=5)
    for text, counts in [
        ("2 hours", "working-days"),
        ("3 working days", "natural-days"),
        ("4工作时", "urgent"),
        ("2 hours", "x"),
    ]:
        with pytest.raises(LimitError):
            parse_limit(text, counts)


def test_an_extension_is_counted_like_its_limit():
    assert parse_limit("3 working days").plus(parse_limit("2 working days")) == parse_limit("5 working days")
    with pytest.raises(LimitError):
        parse_limit("3 working days").plus(parse_limit("2 hours"))


@pytest.mark.parametrize("text", ["08:00", "18:00-08:00", "08:00-12:00, 11:00-13:00", "08:60-09:00", "08:00-25:00", ""])
def test_opening_hours_that_cannot_be_read_are_refused(text):
    with pytest.raises(LimitError):
        parse_spans(text)


def test_opening_hours_are_read_and_written_back():
    assert parse_spans("8:00至12:00、14：00—18：00") == ((480, 720), (840, 1080))
    assert spans_text(parse_spans("08:00-12:00, 14:00-18:00")) == "08:00-12:00, 14:00-18:00"


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (135, "还剩 2 小时 15 分钟", "2 hours 15 minutes left"), (0, "还剩不到 1 分钟", "Less than a minute left"),
        (1440 * 3 + 60, "还剩 3 天", "3 days left"), (1440 + 240, "还剩 1 天 4 小时", "1 day 4 hours left"), (-1440 * 3, "超时 3 天", "3 days overdue"),
        (-61, "超时 1 小时 1 分钟", "1 hour 1 minute overdue"),
    ],
)  # fmt: skip
def test_time_left_in_words(minutes, zh, en):
    now = at("2026-11-20 09:00")
    with translation.override("zh-hans"):
        assert left_text(now + timedelta(minutes=minutes), now) == zh
    with translation.override("en"):
        assert left_text(now + timedelta(minutes=minutes), now) == en


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("24 hours", "24 小时", "24 hours"), ("90 minutes", "1 小时 30 分钟", "1 hour 30 minutes"),
        ("4 working hours", "4 个工作小时", "4 working hours"), ("3 working days", "3 个工作日", "3 working days"),
        ("5 natural days", "5 个自然日", "5 natural days"), ("same day", "当日", "the same day"),
        ("5 natural days rolling", "5 个自然日（末日逢休息日顺延）", "5 natural days, to the next workday if it ends on a rest day"),
    ],
)  # fmt: skip
def test_limits_in_words(text, zh, en):
    with translation.override("zh-hans"):
        assert limit_text(parse_limit(text)) == zh
    with translation.override("en"):
        assert limit_text(parse_limit(text)) == en


def test_a_paused_or_estimated_end_says_so():
    now = at("2026-11-20 09:00")
    with translation.override("zh-hans"):
        assert left_text(None, now) == left_text(now, now, paused=True) == "计时已暂停"
        assert left_text(now + timedelta(hours=2), now, provisional=True) == "还剩 2 小时（暂定）"

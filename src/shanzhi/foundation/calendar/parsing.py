"""Limits and opening hours as people write them, in Chinese and English. What is unclear is refused, never guessed."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from typing import cast

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .hours import Spans, check_spans
from .limits import COUNTS, Counts, Limit, LimitError

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
NUMBER = r"\d{1,7}(?:\.\d{1,3})?|[零〇一二两三四五六七八九十]{1,3}|半"

# unit → (minutes or "day", the one way of counting that the word itself names)
WORDS: dict[str, tuple[int | str, str]] = {}
for _names, _size, _counts in (
    ("minutes minute mins min 分钟 分", 1, ""),
    ("hours hour hrs hr h 小时 个小时 钟头 个钟头", 60, ""),
    ("days day 天 日", "day", ""),
    ("working|minutes working|minute 工作分钟", 1, "working-hours"),
    ("working|hours working|hour 工作时 个工作时 工作小时 个工作小时", 60, "working-hours"),
    ("working|days working|day workdays workday business|days business|day 工作日 个工作日", "day", "working-days"),
    ("natural|days natural|day calendar|days calendar|day 自然日 个自然日 日历日 个日历日", "day", "natural-days"),
):
    for _name in _names.split():
        WORDS[_name.replace("|", " ")] = (_size, _counts)

PART = re.compile(rf"\s*({NUMBER})\s*-?({'|'.join(sorted(WORDS, key=len, reverse=True))})(?![a-z])")
TODAY = {"same day", "the same day", "today", "当日", "当天", "当日内", "当天内"}
NOTES = {
    "continuous": "urgent", "连续": "urgent", "连续计时": "urgent", "urgent": "urgent", "紧急": "urgent",
    "working": "working-hours", "working hours": "working-hours", "工作时间": "working-hours",
    "rolling": "rolling", "顺延": "rolling", "遇休息日顺延": "rolling",
}  # fmt: skip
FORMS = _("Write for example: 30 minutes, 2 hours, 4 working hours, 3 working days, 5 natural days, 30分钟, 3个工作日.")


def parse_limit(text: str, counts: Counts | None = None) -> Limit:
    """A limit from text. `counts`, if given, says how a plain "hours" or "days" counts; it may not contradict the text.

    Plain minutes and hours are urgent (continuous). LimitError for anything unclear.
    """
    if not isinstance(text, str) or not text.strip():
        raise LimitError(_("There is no limit."), FORMS)
    return _read(text, counts)


@lru_cache(maxsize=1000)
def _read(text: str, counts: Counts | None) -> Limit:
    if counts is not None and counts not in COUNTS:
        Limit(counts=counts)
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().lower()
    body, note = _note(plain, text)
    if body in TODAY:
        return _limit(text, 0, "day", {"natural-days"} | ({counts} if counts else set()), note)
    amount, sizes = Fraction(0), set[str]()
    named: set[str] = {counts} if counts else set()
    at = 0
    while match := PART.match(body, at):
        size, way = WORDS[match[2]]
        amount += _number(match[1]) * (1 if size == "day" else int(size))
        sizes.add("day" if size == "day" else "minute")
        named |= {way} if way else set()
        at = match.end()
    if not at or body[at:].strip(" 内之以.。"):
        raise LimitError(format_lazy(_("“{text}” is not a limit that can be read."), text=text), _near(body))
    if len(sizes) > 1:
        raise LimitError(format_lazy(_("“{text}” mixes days with hours or minutes."), text=text), FORMS)
    return _limit(text, amount, sizes.pop(), named, note)


def parse_spans(text: str) -> Spans:
    """Opening hours: "08:00-12:00, 14:00-18:00" (also 8:00至12:00、…) to minutes of the day. LimitError if unclear."""
    plain = unicodedata.normalize("NFKC", text)
    found = []
    for part in re.split(r"[,;、]", plain):
        match = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*[-–—~至到]\s*(\d{1,2}):(\d{2})\s*", part)
        if not match or int(match[2]) > 59 or int(match[4]) > 59:
            raise LimitError(
                format_lazy(_("“{text}” are not opening hours that can be read."), text=text),
                _("Write for example: 08:00-12:00, 14:00-18:00."),
            )
        found.append((int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])))
    try:
        check_spans(found)
    except ValueError:
        raise LimitError(
            format_lazy(_("The opening hours “{text}” overlap, are out of order or leave the day."), text=text),
            _("Write them from early to late, between 00:00 and 24:00; a night shift is two spans."),
        ) from None
    return tuple(found)


def spans_text(spans: Spans) -> str:
    return ", ".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in spans)


def _note(plain: str, text: str) -> tuple[str, str]:
    match = re.fullmatch(r"(.*?)\s*[(（]\s*(.*?)\s*[)）]", plain)
    if match:
        if match[2] not in NOTES:
            raise LimitError(
                format_lazy(_("“{note}” in “{text}” says nothing about how time counts."), note=match[2], text=text),
                _("In brackets you may write: continuous, working hours, rolling (连续, 工作时间, 顺延)."),
            )
        return match[1], NOTES[match[2]]
    if plain.endswith(" rolling"):
        return plain.removesuffix(" rolling"), "rolling"
    return plain, ""


def _limit(text: str, amount: Fraction | int, size: str, named: set[str], note: str) -> Limit:
    ways = named | ({note} if note and note != "rolling" else set())
    if not ways:
        if size == "day":
            raise LimitError(
                format_lazy(_("“{text}” does not say which days count."), text=text),
                _("Write working days (工作日) or natural days (自然日)."),
            )
        ways = {"urgent"}
    way = cast(Counts, ways.pop())
    if ways or (size == "day") != way.endswith("-days"):
        raise LimitError(
            format_lazy(_("“{text}” contradicts the way of counting."), text=text),
            _("Minutes and hours go with urgent or working-hours, days with working-days or natural-days; name one."),
        )
    if amount != int(amount):
        raise LimitError(format_lazy(_("“{text}” is not a whole number of minutes or days."), text=text), FORMS)
    if size == "day":
        return Limit(counts=way, days=int(amount), rolls=note == "rolling")
    return Limit(counts=way, minutes=int(amount), rolls=note == "rolling")


def _number(text: str) -> Fraction:
    if text == "半":
        return Fraction(1, 2)
    if text[0].isdigit():
        return Fraction(text)
    if "十" in text:
        tens, ones = text.split("十", 1) if text.count("十") == 1 else ("?", "")
        if (tens and tens not in DIGITS) or (ones and ones not in DIGITS):
            raise LimitError(format_lazy(_("“{text}” is not a number that can be read."), text=text), FORMS)
        return Fraction((DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0))
    if len(text) > 1:
        raise LimitError(format_lazy(_("“{text}” is not a number that can be read."), text=text), FORMS)
    return Fraction(DIGITS[text])


def _near(body: str) -> str | Promise:
    word = re.sub(rf"^\s*(?:{NUMBER})\s*", "", body)
    close = get_close_matches(word, [name for name in WORDS if len(name) > 1], 1, 0.6)
    return format_lazy(_("Did you mean “{word}”? {forms}"), word=close[0], forms=FORMS) if close else FORMS

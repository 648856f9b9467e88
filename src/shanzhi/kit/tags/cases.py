"""Case cards, the line of steps, timelines, photos, stars."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .breaks import pieces
from .parts import get, known, part

register = template.Library()
SIX = (_("Report"), _("Register"), _("Dispatch"), _("Handle"), _("Check"), _("Rate"))
TAIL = re.compile(r"^(.*?)(（[^（）]*）)?$", re.DOTALL)  # what stands in brackets at the end keeps to one line
OFF = ("warn", "stopped")
MOMENTS = {"before": _("Before"), "after": _("After"), "spot": _("On the spot")}


@register.simple_tag
def steps(
    current: int = 0, labels: Sequence[str] | None = None, done: bool = False, compact: bool = False,
    walked: Collection[int] | None = None, over: bool = False, tone: str = "", end: str = "",
) -> SafeString:  # fmt: skip
    """The visible steps of a loop; `current` counts from 1. `walked`: the steps that it was really in, else all before;
    `over`: it ended here, perhaps on the way; `tone`: how it stands, where that is not well the step at hand is drawn otherwise;
    `end`: how it ended, in place of the steps that it never came to. Where nothing comes any more (stopped, never begun), steps
    that were passed by are left out too: they are not to come.
    """
    names = tuple(map(str, labels or SIX))
    now = int(current or 0)
    before = frozenset(range(len(names) if done else now) if walked is None else walked)
    last = end if over else names[-1] if now == len(names) and not done else ""
    if last and len(before | {now}) < len(names):
        names = (*(name for n, name in enumerate(names, 1) if n in before and name != last), last)
        now, over, before = len(names), False, frozenset(range(1, len(names)))
    return _steps(now, names, done, compact, before, over, tone if tone in OFF else "", get_language())


@lru_cache(maxsize=1024)
def _steps(
    current: int, names: tuple[str, ...], done: bool, compact: bool, walked: frozenset[int], over: bool,
    off: str, _language: str | None,
) -> SafeString:  # fmt: skip
    def stands(n: int) -> str:
        if n in walked and (done or n < current) or (over or done) and n == current:
            return "past"
        return "now" if n == current else "next"

    rows = [(*_parted(name), stands(n)) for n, name in enumerate(names, 1)]
    now = names[current - 1] if 0 < current <= len(names) and not done else ""
    return part("steps", rows=rows, compact=compact, now=now, current=current, total=len(names), done=done, off=off)


def _parted(name: str) -> tuple[list[str], str]:
    found = TAIL.match(name)
    return (pieces(found[1]), found[2] or "") if found else (pieces(name), "")


@register.filter
def let_go(hands: Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Of (part of a unit, offers): those whose unit was let go again."""
    return [(one, offers) for one, offers in hands if one.stand == "dropped"]


@register.simple_tag
def case_card(href: str, title: object, level: int = 2, **values: Any) -> SafeString:
    """number status tone place at closed done_well due warn photo stage labels walked synthetic point selected words unit count."""
    values["tone"] = known(values.get("tone", "waiting"))
    return part("case_card", href=href, title=title, level=level, **values)


def _photo(photo: Any) -> dict[str, Any]:
    row = {name: get(photo, name) for name in ("url", "thumb", "alt", "moment", "caption", "width", "height")}
    row["thumb"] = row["thumb"] or row["url"]
    row["moment_text"] = "" if row["caption"] else MOMENTS.get(row["moment"], "")
    row["alt"] = row["alt"] or row["caption"] or row["moment_text"] or _("Photo")
    return row


@register.simple_tag
def photos(items: Iterable[Any]) -> SafeString:
    rows = [_photo(item) for item in items]
    return part("photos", photos=rows, captions=list(dict.fromkeys(row["caption"] for row in rows if row["caption"])))


@register.simple_tag
def compare(before: Any, after: Any) -> SafeString:
    return part("compare", before=_photo(before), after=_photo(after))


@register.simple_tag
def stars(value: int | None) -> SafeString:
    value = int(value or 0)
    return part("stars", value=value, marks=[n <= value for n in range(1, 6)])


@register.simple_tag
def rating_input(
    reasons: Sequence[tuple[str, str]] = (),
    name: str = "stars",
    reasons_name: str = "reasons",
    value: int = 0,
    legend: str = "",
) -> SafeString:
    return part(
        "rating_input",
        reasons=reasons,
        name=name,
        reasons_name=reasons_name,
        value=int(value or 0),
        legend=legend,
        marks=[5, 4, 3, 2, 1],
    )

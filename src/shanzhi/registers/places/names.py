"""How places are called: short names of communities, ordinals of grids, and both in English."""

from __future__ import annotations

import re
from typing import Protocol

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from .levels import Level

DIGITS = "零一二三四五六七八九"
# Some registers write where the community lies before its name.
ADDRESS = re.compile(r"^.{2,4}自治区.+?(?:苏木|街道|镇|乡)(?=..)")
GRID = re.compile(r"^(?P<community>.+?)第(?P<number>[一二三四五六七八九十百]+)网格(?:(?P<micro>\d{2,})微网格)?$")


class Named(Protocol):
    level: str
    name: str


class Labelled(Protocol):
    synthetic: bool


def chinese_number(number: int) -> str:
    """1 → 一, 12 → 十二, 305 → 三百零五; up to 999."""
    if number > 999 or number < 0:
        return str(number)
    if number < 10:
        return DIGITS[number]
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


def arabic_number(text: str) -> int:
    """The reverse of chinese_number."""
    total, digit = 0, 0
    for sign in text:
        if sign in "百十":
            total += (digit or 1) * (100 if sign == "百" else 10)
            digit = 0
        else:
            digit = DIGITS.index(sign)
    return total + digit


def short_community(name: str) -> str:
    """The community without its committee: 玉带社区居民委员会 → 玉带社区, 赤马村村民委员会 → 赤马村, 小庙居委会 → 小庙社区."""
    for tail in ("居民委员会", "村民委员会", "牧民委员会", "居委会", "村委会", "牧委会", "委员会"):
        if name.endswith(tail) and len(name) > len(tail):
            stem = ADDRESS.sub("", name[: -len(tail)])
            if stem.endswith("嘎查村"):
                return stem[:-1]
            if stem.endswith(("社区", "村", "嘎查", "小区", "屯", "场")):
                return stem
            return stem + ("社区" if tail[0] == "居" else "村" if tail[0] == "村" else "")
    return name


def grid_name(community: str, number: int) -> str:
    return f"{short_community(community)}第{chinese_number(number)}网格"


def microgrid_name(grid: str, number: int) -> str:
    return f"{grid}{number:02d}微网格"


def marked(text: str, place: Labelled) -> str:
    """The text, which names this place, with a mark if the place was made up: for lists and drop-downs, where only text stands."""
    return _("%(place)s (synthetic)") % {"place": text} if place.synthetic else text


def chinese_name(place: Named) -> str:
    """As a Chinese reader reads it, whoever reads now: what words that go by a name's ending look at."""
    return short_community(place.name) if place.level == Level.COMMUNITY else place.name


def display_name(place: Named) -> str:
    """The name as a person reads it in the current language. Chinese names stay; words of level are translated."""
    if place.level == Level.COMMUNITY:
        return short_community(place.name)
    if (get_language() or "").startswith("zh") or place.level not in (Level.GRID, Level.MICROGRID):
        return place.name
    match = GRID.match(place.name)
    if not match:
        return place.name
    words = {"community": match["community"], "grid": arabic_number(match["number"])}
    if match["micro"]:
        return _("%(community)s · Grid\u00a0%(grid)d · Micro-grid\u00a0%(micro)d") % {
            **words,
            "micro": int(match["micro"]),
        }
    return _("%(community)s · Grid\u00a0%(grid)d") % words


def display_names(place: Named) -> dict[str, str]:
    """As people of either language read it: to be kept where others will read it."""
    named = {}
    for language in ("zh-hans", "en"):
        with override(language):
            named[language] = display_name(place)
    return named

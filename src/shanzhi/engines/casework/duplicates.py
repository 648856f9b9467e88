"""Is this reported already? Open cases near by, and what makes each alike. Shown, never joined by itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shanzhi.foundation.base.compiled import MOMENT, Kept, Mark, Peek, Whole, mark, number_mark, text_mark
from shanzhi.foundation.base.moment import now
from shanzhi.registers.places import queries as places

from .grams import FEWEST, alike, pairs_of
from .labels import how_long
from .models import Case
from .text_of import text_of

METRES = 300
DAYS = 30
METRES_PER_DEGREE = 111_320
SAME_WORDS = 0.35
MOST = 5
LATEST = 100  # of those that may be the same, so many are compared
CORNERS = tuple(map(number_mark, range(4)))
NEAR = Q(lon__range=CORNERS[:2], lat__range=CORNERS[2:])
MARKS = MOMENT, mark(0), text_mark(0), text_mark(1)
COLUMNS = (
    "number", "version", "procedure", "state", "category", "words", "topic", "spot", "grams", "lon", "lat", "opened_at", "involved", "subject_unit", "synthetic",
    *(f"place__{name}" for name in ("level", "code", "name", "path", "parent", "synthetic")),
)  # fmt: skip
NONE = UUID(int=0)
_kept = Kept()


@dataclass(frozen=True, slots=True)
class Candidate:
    """`case`: with the columns COLUMNS only; `alike`: sentences, the strongest first; `metres`: None if one of them has no position."""

    case: Case
    metres: int | None
    alike: list[str]
    score: float


def duplicates_of(
    *, category: str | None, lon: float | None, lat: float | None, words: str = "", at: datetime | None = None,
    place_path: str = "", exclude=None,
) -> list[Candidate]:  # fmt: skip
    """At most five, the likest first; one statement. Cases about a unit and confidential ones are never offered."""
    moment = at or now()
    rows: Sequence[Peek | Whole]
    sieve = moment - timedelta(days=DAYS), exclude or NONE, category or NONE.hex, list(pairs_of(words))
    if lon is not None and lat is not None:
        values: dict[Mark, Any] = {
            **dict(zip(MARKS, sieve, strict=True)),
            **dict(zip(CORNERS, _corners(lon, lat), strict=True)),
        }
        rows = _kept.peeks("near", lambda: _rows(NEAR, *MARKS[:3], [MARKS[3]]), values)
    else:
        rows = [Whole(case) for case in _rows(Q(place__path__startswith=place_path or "-"), *sieve)]
    sheltered = {name: _sheltered(*name) for name in {(row["version_id"], row["procedure"]) for row in rows}}
    found = [
        one
        for row in rows
        if not sheltered[row["version_id"], row["procedure"]]
        and (one := _compared(row, category, lon, lat, words, moment))
    ]
    return [_candidate(one) for one in sorted(found, key=lambda one: -one.score)[:MOST]]


def _rows(where: Q, since: datetime, but: UUID, category: str, pairs: list[str]) -> QuerySet[Case]:
    found = Case.objects.filter(where, closed_at=None, subject_unit=None, opened_at__gte=since).exclude(pk=but)
    found = found.filter(Q(category=category) | Q(grams__overlap=pairs))
    return found.select_related("place").only(*COLUMNS).order_by("-opened_at")[:LATEST]


def _sheltered(version: UUID, procedure: str) -> bool:
    return bool(text_of(version, procedure).sees)


class Compared(NamedTuple):
    row: Peek | Whole
    metres: int | None
    same_kind: bool
    same_words: bool
    score: float


def _compared(
    row: Peek | Whole, category: str | None, lon: float | None, lat: float | None, words: str, at: datetime
) -> Compared | None:
    away = metres(lon, lat, row["lon"], row["lat"])
    if away is not None and away > METRES:
        return None
    same_words, same_kind = _same_words(words, row), bool(category) and category == row["category"]
    if not same_kind and same_words < SAME_WORDS:
        return None
    closeness = 1 - away / METRES if away is not None else 0.3
    fresh = max(0.0, 1 - (at - row["opened_at"]) / timedelta(days=DAYS))
    score = 2 * same_kind + 2 * same_words + closeness + fresh
    return Compared(row, away, same_kind, same_words >= SAME_WORDS, score)


def _same_words(words: str, row: Peek | Whole) -> float:
    """What happened, not where: neighbours name the same gate and the same estate, whatever they report there."""
    own = pairs_of(words)
    if len(own.intersection(row["grams"])) < FEWEST:  # most have less in common, place and all
        return 0.0
    where = pairs_of(row["spot"], places.full_name(row["place_id"], 3))
    return alike(own - where, frozenset(row["grams"]) - where)


def _candidate(one: Compared) -> Candidate:
    texts = [_("the same kind of matter")] if one.same_kind else []
    texts.append(_("in the same place") if one.metres is None else _("%(n)d metres away") % {"n": one.metres})
    if one.same_words:
        texts.append(_("described alike"))
    texts.append(_("reported %(ago)s ago") % {"ago": how_long(one.row["opened_at"], depth=1)})
    return Candidate(one.row.read(), one.metres, texts, one.score)


def metres(lon: float | None, lat: float | None, lon2: float | None, lat2: float | None) -> int | None:
    """Distance on the ground, good to a metre over a few kilometres."""
    if lon is None or lat is None or lon2 is None or lat2 is None:
        return None
    east = (lon2 - lon) * math.cos(math.radians((lat + lat2) / 2))
    return round(math.hypot(east, lat2 - lat) * METRES_PER_DEGREE)


def _corners(lon: float, lat: float) -> tuple[float, float, float, float]:
    """West, east, south, north of the box that holds the circle."""
    high = METRES / METRES_PER_DEGREE
    wide = high / max(math.cos(math.radians(lat)), 0.1)
    return lon - wide, lon + wide, lat - high, lat + high

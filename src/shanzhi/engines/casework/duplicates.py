"""Is this reported already? Open cases near by, and what makes each alike. Shown, never joined by itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from shanzhi.foundation.base.moment import now

from .grams import alike
from .labels import how_long
from .models import Case
from .text_of import procedure_of

METRES = 300
DAYS = 30
METRES_PER_DEGREE = 111_320
SAME_WORDS = 0.35
MOST = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """`alike`: sentences, the strongest first; `metres`: None if one of them has no position."""

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
    near = _box(lon, lat) if lon is not None and lat is not None else Q(place__path__startswith=place_path or "-")
    rows = (
        Case.objects.filter(near, closed_at=None, subject_unit=None, opened_at__gte=moment - timedelta(days=DAYS))
        .exclude(pk=exclude)
        .select_related("place", "unit")
        .defer("grams")
        .order_by("-opened_at")[:100]
    )
    found = [
        one
        for row in rows
        if not procedure_of(row).sees and (one := _candidate(row, category, lon, lat, words, moment))
    ]
    return sorted(found, key=lambda one: -one.score)[:MOST]


def _candidate(
    row: Case, category: str | None, lon: float | None, lat: float | None, words: str, at: datetime
) -> Candidate | None:
    away = metres(lon, lat, row.lon, row.lat)
    if away is not None and away > METRES:
        return None
    same_words, same_kind = alike(words, f"{row.words} {row.spot}"), bool(category) and category == row.category
    if not same_kind and same_words < SAME_WORDS:
        return None
    closeness = 1 - away / METRES if away is not None else 0.3
    fresh = max(0.0, 1 - (at - row.opened_at) / timedelta(days=DAYS))
    score = 2 * same_kind + 2 * same_words + closeness + fresh
    texts = []
    if same_kind:
        texts.append(_("the same kind of matter"))
    if away is not None:
        texts.append(_("%(n)d metres away") % {"n": away})
    else:
        texts.append(_("in the same place"))
    if same_words >= SAME_WORDS:
        texts.append(_("described alike"))
    texts.append(_("reported %(ago)s ago") % {"ago": how_long(row.opened_at, depth=1)})
    return Candidate(row, away, texts, score)


def metres(lon: float | None, lat: float | None, lon2: float | None, lat2: float | None) -> int | None:
    """Distance on the ground, good to a metre over a few kilometres."""
    if lon is None or lat is None or lon2 is None or lat2 is None:
        return None
    east = (lon2 - lon) * math.cos(math.radians((lat + lat2) / 2))
    return round(math.hypot(east, lat2 - lat) * METRES_PER_DEGREE)


def _box(lon: float, lat: float) -> Q:
    high = METRES / METRES_PER_DEGREE
    wide = high / max(math.cos(math.radians(lat)), 0.1)
    return Q(lon__range=(lon - wide, lon + wide), lat__range=(lat - high, lat + high))

"""Places from the province to the grid, in memory: chains and names of most requests then cost no query."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from .levels import Level
from .models import Place
from .revision import Cache

UPPER = [level for level in Level if level.rank <= Level.GRID.rank]


@dataclass(frozen=True, slots=True)
class Atlas:
    by_id: dict[UUID, Place]
    by_code: dict[str, Place]
    names: dict[tuple[object, ...], str] = field(default_factory=dict)  # as pages say them, once they were asked for


def _load() -> Atlas:
    places = list(Place.objects.filter(until=None, level__in=UPPER).order_by("path"))
    return Atlas({place.id: place for place in places}, {place.code: place for place in places})


_cache = Cache(_load)


def atlas() -> Atlas:
    return _cache.get()


def above(place: Place) -> list[Place]:
    """The place and everything above it, nearest first."""
    upper = atlas().by_code
    chain = [place]
    missing = [code for code in place.codes[:-1] if code not in upper]
    fetched = {p.code: p for p in Place.objects.filter(until=None, code__in=missing)} if missing else {}
    for code in reversed(place.codes[:-1]):
        found = upper.get(code) or fetched.get(code)
        if found is not None:
            chain.append(found)
    return chain

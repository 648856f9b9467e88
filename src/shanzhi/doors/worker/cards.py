"""Cases as the worker's lists show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from shanzhi.foundation.base.actor import Actor
from shanzhi.kit.casepage import Row, rows_of
from shanzhi.registers.places import queries as places


@dataclass(frozen=True, slots=True)
class Card:
    """`lon`, `lat`: of the case itself, else of its grid (`near` is then only about); both None if unknown."""

    row: Row
    lon: float | None
    lat: float | None
    near: bool


def href(case: Any) -> str:
    return reverse("worker:task", args=[case.id])


def cards(cases: Iterable[Any], by: Actor | None = None) -> list[Card]:
    """Three statements, however many cases; two more where several units work on one."""
    rows = rows_of(cases, href, by)
    somewhere = places.positions({row.case.place_id for row in rows if row.case.lon is None})
    found = []
    for row in rows:
        exact = row.case.lon is not None
        lon, lat = (row.case.lon, row.case.lat) if exact else somewhere.get(row.case.place_id, (None, None))
        found.append(Card(row, lon, lat, not exact))
    return found

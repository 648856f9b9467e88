"""Long lists of rounds in heaps: a township has more rounds a day than anybody scrolls through, a county more than a page holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shanzhi.registers.places import queries as places

FEW, MANY = 12, 200  # so many stand in one list; so many in the heaps of one page
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Heap:
    """`place`: a community or a township; None where there is one list only."""

    place: Any
    name: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Heaps:
    """`apart`: each heap has a page of its own."""

    n: int
    heaps: list[Heap]
    apart: bool = False


def heaps_of(rows: list[Row]) -> Heaps:
    """Rows of rounds in the order of their places, which are in memory: no statement."""
    if len(rows) > MANY and len(found := _by(rows, places.Level.STREET)) > 1:
        return Heaps(len(rows), found, apart=True)
    if len(rows) > FEW and len(found := _by(rows, places.Level.COMMUNITY)) > 1:
        return Heaps(len(rows), found)
    return Heaps(len(rows), [Heap(None, "", rows)] if rows else [])


def _by(rows: list[Row], level: str) -> list[Heap]:
    found: dict[Any, Heap] = {}
    for row in rows:
        own = row["round"].order.place
        place = places.ancestor(own, level) or own
        found.setdefault(place.id, Heap(place, places.marked_name(place), [])).rows.append(row)
    return list(found.values())

"""Is it known already? Shown to the resident before sending, without anything that another resident wrote."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.foundation.base.small_groups import shown
from shanzhi.registers.places import queries as places

from .placing import spot_at
from .reporting import Position


@dataclass(frozen=True, slots=True)
class Neighbour:
    """`alike`: why it may be the same; `others`: how many follow it besides its reporter; None: a few."""

    case: UUID
    number: str
    category: str
    place: str
    metres: int | None
    alike: tuple[str, ...]
    state: str
    others: int | None


def known_already(
    *, category: str | None, position: Position | None = None, place: UUID | None = None, words: str = ""
) -> list[Neighbour]:
    """At most five. Empty without a place or a position."""
    lon = lat = None
    path = places.place(place).path if place else ""
    if position is not None:
        try:
            spot = spot_at(position.lon, position.lat, position.datum)
        except Invalid:
            return []
        lon, lat, path = spot.lon, spot.lat, path or spot.place.path
    found = casework.duplicates_of(category=category, lon=lon, lat=lat, words=words, place_path=path)
    return [
        Neighbour(
            case=one.case.id,
            number=one.case.number,
            category=casework.category_title(one.case),
            place=places.marked_name(one.case.place),
            metres=one.metres,
            alike=tuple(one.alike),
            state=casework.state_title(one.case),
            others=shown(casework.following(one.case.id)),
        )
        for one in found
    ]

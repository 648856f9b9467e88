"""Where is it? From the phone's position, the map, or a code on the spot. Outside the city the nearest community is offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shanzhi.foundation.base.refusals import Invalid
from shanzhi.registers.codes import queries as codes
from shanzhi.registers.places import queries as places
from shanzhi.registers.places.datum import from_datum

FARTHEST = 50_000  # metres; beyond this the nearest community is no offer, but a mistake


@dataclass(frozen=True, slots=True)
class Spot:
    """`place`: a grid, or outside the city the nearest community. `outside`: say so and let it be accepted or changed."""

    place: Any
    lon: float | None  # none: a code that lies nowhere in particular
    lat: float | None
    outside: bool
    metres: int
    sentence: str


def spot_at(lon: float, lat: float, datum: str = "wgs84") -> Spot:
    """Raises Invalid under "place" where no community is within 50 km."""
    lon, lat = from_datum(lon, lat, datum)
    found = places.locate(lon, lat)
    if found.grid is not None:
        return Spot(found.grid, lon, lat, False, 0, places.marked_name(found.grid))
    if found.nearest is None or found.metres > FARTHEST:
        raise Invalid(
            {"place": [_("This position is not in our city. Please choose the place on the map or by name.")]}
        )
    name, metres = places.marked_name(found.nearest), round(found.metres)
    text = _(
        "This is outside our city. The nearest community is %(name)s, %(n)d metres away: shall it look after this?"
    )
    return Spot(found.nearest, lon, lat, True, metres, text % {"name": name, "n": metres})


def spot_of_code(token: str) -> Spot:
    """What a scanned code stands for. Raises NotFound."""
    code = codes.scanned(token)
    return Spot(code.place, code.lon, code.lat, False, 0, places.marked_name(code.place))

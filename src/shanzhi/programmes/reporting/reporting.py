"""A resident's report becomes a case: place, words, photos, what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Denied, Invalid
from shanzhi.registers.places import queries as places

from .kinds import procedure_of
from .placing import spot_at, spot_of_code
from .words import kept

LONGEST_SPOT = 200
OWN_UNIT = _(
    "This complaint is about your own unit, which must not learn who complains. Please hand the caller over to a colleague "
    "of another unit, or give them the address of the residents' page."
)


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees as the phone or the map gave them, with their datum: wgs84 or gcj02."""

    lon: float
    lat: float
    datum: str = "wgs84"


@dataclass(frozen=True, slots=True)
class Reported:
    """`follow_token` is shown once, and only to a reporter without an account."""

    case: Any
    follow_token: str


def report(
    *,
    id: UUID,
    by: Actor,
    words: str = "",
    category: str | None = None,
    position: Position | None = None,
    place: UUID | None = None,
    code: str = "",
    spot: str = "",
    files: Iterable[UUID] = (),
    name: str = "",
    phone: str = "",
    subject_unit: UUID | None = None,
    source: str = "resident",
    key: str | UUID | None = None,
) -> Reported:
    """Send a report. `id` is made by the phone: a double tap or a retry gives the same case.

    The place: the one named, else the code's, else where the position lies (outside the city: the nearest community).
    `source` other than "resident" (worker, desk): reported on duty. Raises Invalid (words, place, files), Denied, NotFound.
    """
    said, given = kept(words), list(files)
    if not said and not given and not category:
        raise Invalid({"words": [_("Please add a photo, choose what it is, or write a few words.")]})
    if source != "resident" and not by.posts:
        raise Denied(_("Only those on duty report on duty."))
    if source == "desk" and subject_unit in by.units():
        raise Invalid({"about": [OWN_UNIT]})
    where, at, hint = _where(place, code, position)
    # Taken down for a caller: the officer is not the reporter, and the caller gets the secret link.
    caller = source == "desk"
    opened = services.open_case(
        id=id, procedure=procedure_of(casework.text_at(places.place(where)), category), place=where, words=said, by=by, category=category or None,
        position=at, spot=(spot.strip() or hint)[:LONGEST_SPOT], files=given, source=source,
        reporter=services.Reporter(
            None if caller else by.person, name.strip()[:100] or ("" if caller else by.name), phone.strip()[:20]
        ),
        subject_unit=subject_unit, key=key,
    )  # fmt: skip
    return Reported(opened.case, opened.follow_token)


def _where(place: UUID | None, code: str, position: Position | None) -> tuple[UUID, tuple[float, float] | None, str]:
    at: tuple[float | None, float | None] | None = None
    hint, named = "", place
    if code:
        found = spot_of_code(code)
        at = (found.lon, found.lat) if found.lon is not None else None  # many codes say which place, not where in it
        named = named or found.place.id
    if position is not None and (at is None or place is not None):
        spot = _spot(position, named)
        at, named = (spot[0], spot[1]) if spot else at, named or (spot[2] if spot else None)
    if named is None:
        raise Invalid(
            {"place": [_("Please say where it is: by your position, on the map, or by the name of the community.")]}
        )
    lon, lat = at or (None, None)
    return named, (lon, lat) if lon is not None and lat is not None else None, hint


def _spot(position: Position, named: UUID | None) -> tuple[float | None, float | None, UUID | None] | None:
    try:
        found = spot_at(position.lon, position.lat, position.datum)
    except Invalid:
        if named is None:
            raise
        return None  # a place was chosen by name: a position far away is of no use, and no obstacle
    return found.lon, found.lat, found.place.id

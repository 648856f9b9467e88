"""A report on its way: what the form carries, kept whole until it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid5

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.programmes.reporting import queries as reporting
from shanzhi.programmes.reporting.services import Position
from shanzhi.registers.evidence import services as evidence
from shanzhi.registers.places import queries as places

MOST_PHOTOS = 6
PHONE = re.compile(r"^\+?[\d\s()-]{7,20}$")


@dataclass(frozen=True, slots=True)
class Draft:
    """`place_text`: a name typed where no script could look it up. `another`: like ones were shown, this is not one of them."""

    id: UUID
    photos: tuple[UUID, ...] = ()
    place: UUID | None = None
    place_text: str = ""
    position: Position | None = None
    code: str = ""
    spot: str = ""
    category: str = ""
    words: str = ""
    name: str = ""
    phone: str = ""
    about: reporting.Subject = reporting.Subject()  # the unit that a complaint is about
    another: bool = False
    choices: tuple[Any, ...] = field(default=())  # places of the name typed, to choose from

    def fields(self) -> list[tuple[str, str]]:
        """As hidden fields, for a page in between."""
        rows = [("id", str(self.id)), *(("photos", str(photo)) for photo in self.photos)]
        rows += [("place", str(self.place or "")), ("code", self.code), ("spot", self.spot), ("words", self.words)]
        rows += [
            ("category", self.category),
            ("name", self.name),
            ("phone", self.phone),
            ("about", str(self.about.unit or "")),
        ]
        if self.position:
            rows += [("place_lon", str(self.position.lon)), ("place_lat", str(self.position.lat))]
        return [row for row in rows if row[1]]


def read(data: QueryDict) -> Draft:
    """Never refuses: what can't be used is left out, and the command says what is missing."""
    return Draft(
        id=_uuid(data.get("id")) or new_id(),
        photos=tuple(dict.fromkeys(filter(None, map(_uuid, data.getlist("photos")))))[:MOST_PHOTOS],
        place=_uuid(data.get("place")),
        place_text=data.get("place_text", "").strip()[:60],
        position=_position(data.get("place_lon", ""), data.get("place_lat", "")),
        code=data.get("code", "").strip()[:40],
        spot=data.get("spot", "").strip(),
        category=data.get("category", "").strip()[:60],
        words=data.get("words", ""),
        name=data.get("name", "").strip()[:100],
        phone=data.get("phone", "").strip()[:40],
        about=reporting.subject_of(data.get("about"), data.get("about_text", "")),
        another=data.get("another") == "1",
    )


def with_files(draft: Draft, sent: Iterable[UploadedFile], by: Actor) -> Draft:
    """Photos that came in the form itself, from a browser without scripts. Numbered from the draft: a retry is the same."""
    photos = list(draft.photos)
    for number, upload in enumerate(list(sent)[: MOST_PHOTOS - len(photos)]):
        try:
            photos.append(evidence.keep(upload=upload, by=by, id=uuid5(draft.id, f"photo-{number}-{upload.size}")).id)
        except Invalid as refusal:
            raise Invalid({"photos": [text for texts in refusal.fields.values() for text in texts]}) from refusal
    return replace(draft, photos=tuple(photos))


def with_place(draft: Draft) -> Draft:
    """The place of the name typed, if there is just one such community or grid; else those to choose from."""
    if draft.place or draft.position or draft.code or not draft.place_text:
        return draft
    found = [row for row in places.search(draft.place_text, limit=30) if row.level in ("community", "grid")]
    if len(found) == 1:
        return replace(draft, place=found[0].id)
    return replace(draft, choices=tuple(found[:10]))


def checked(draft: Draft) -> None:
    """What only the form can be wrong about. Raises Invalid."""
    if draft.phone and not PHONE.match(draft.phone):
        raise Invalid({"phone": [_("This does not look like a telephone number. Correct it or leave it empty.")]})
    if draft.place_text and not draft.place and not draft.position and not draft.code:
        text = (
            _("Several places have this name. Please choose one.")
            if draft.choices
            else _("We found no place of this name.")
        )
        raise Invalid({"place": [text]})
    reporting.settled(draft.about)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _position(lon: str, lat: str) -> Position | None:
    try:
        at = Position(float(lon), float(lat))
    except ValueError:
        return None
    return at if abs(at.lon) <= 180 and abs(at.lat) <= 90 else None

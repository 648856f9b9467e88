"""Decides what an upload is and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.registers.evidence import papers, photos
from shanzhi.registers.evidence.kinds import kind_of

MEGABYTE = 1024 * 1024
MOST_PHOTO, MOST_PDF = 15 * MEGABYTE, 20 * MEGABYTE
HEAD = 512

NOT_PHOTOS = {
    "video": _("This is a video. Please send a photo: a still from the video will do."),
    "sound": _("This is a sound recording. Please send a photo."),
    "archive": _("This is an archive, not a photo. Unpack it and send the photos one by one."),
    "office": _("This is an office document, not a photo. Take a photo of it, or save it as PDF."),
    "program": _("This is a program, whatever its name says. Only photos are accepted."),
    "page": _("This is a web page or drawing, not a photo. A screenshot of it will do."),
}


@dataclass(frozen=True, slots=True)
class Taken:
    kind: str
    media_type: str
    content: bytes
    thumb: bytes = b""
    width: int = 0
    height: int = 0
    at: datetime | None = None
    position: tuple[float, float] | None = None  # longitude, latitude in WGS-84


def take_in(content: bytes, by: Actor) -> Taken:
    """Raises Invalid, with what is wrong and what to do."""
    kind = kind_of(content[:HEAD])
    if kind == "pdf":
        return _paper(content, by)
    _check_photo(content, kind)
    picture = photos.clean(content, kind)
    return Taken(
        "photo",
        "image/jpeg",
        picture.content,
        picture.thumb,
        picture.width,
        picture.height,
        picture.taken_at,
        _wgs84(picture.taken_position),
    )


def _check_photo(content: bytes, kind: str) -> None:
    if not content:
        raise Invalid({"photo": [_("The photo is empty: it was not sent whole. Choose it again.")]})
    if kind == "heic" and not photos.can_open(kind):
        text = _(
            "This photo is in HEIC format, which cannot be opened here. On the iPhone choose Settings → Camera → Formats → "
            "Most Compatible, or send a screenshot of the photo."
        )
        raise Invalid({"photo": [text]})
    if not photos.can_open(kind):
        raise Invalid(
            {"photo": [NOT_PHOTOS.get(kind, _("This is not a photo. JPEG, PNG and WebP pictures are accepted."))]}
        )


def most_bytes(head: bytes) -> int:
    return MOST_PDF if kind_of(head) == "pdf" else MOST_PHOTO


def too_large(size: int, most: int) -> Invalid:
    text = _("This file has %(size)s; at most %(most)s can be taken. Send it in a smaller size.")
    return Invalid({"photo": [text % {"size": filesizeformat(size), "most": filesizeformat(most)}]})


def _paper(content: bytes, by: Actor) -> Taken:
    if not (by.posts or by.system):
        raise Invalid({"photo": [_("Only photos can be sent here. Take a photo of the paper.")]})
    papers.check(content)
    return Taken("pdf", "application/pdf", content)


def _wgs84(found: tuple[float, float, str] | None) -> tuple[float, float] | None:
    if found is None:
        return None
    lon, lat, datum = found
    if datum == "gcj02":
        from shanzhi.registers.places.datum import to_wgs84

        lon, lat = to_wgs84(lon, lat)
    return lon, lat

"""Files of a case as photos. Addresses are signed here: call only for cases that the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from shanzhi.kit.shapes import Photo
from shanzhi.registers.evidence import queries as evidence

ALT = {
    "before": lambda: _("Photo of how it was before"),
    "after": lambda: _("Photo of how it is now"),
    "spot": lambda: _("Photo from the spot"),
}


def photo_of(file: UUID, moment: str = "", alt: str = "") -> Photo:
    """No statement."""
    words = alt or (ALT[moment]() if moment in ALT else _("Photo"))
    return Photo(url=evidence.url(file), thumb=evidence.url(file, "thumb"), alt=words, moment=moment)


def photos_of(files: Iterable[tuple[UUID, str]]) -> list[Photo]:
    """From (file id, moment), as timelines have them."""
    return [photo_of(file, moment) for file, moment in files]

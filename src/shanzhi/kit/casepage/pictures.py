"""Files of a case as photos. Addresses are signed here: call only for cases that the actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.kit.shapes import Photo
from shanzhi.registers.evidence import queries as evidence

ALT = {
    "before": _("Photo of how it was before"),
    "after": _("Photo of how it is now"),
    "spot": _("Photo from the spot"),
}
PHOTO = _("Photo")


def photo_of(file: UUID, moment: str = "", caption: str = "") -> Photo:
    """No statement. `caption`: what it is a photo of, where that is neither the place nor the thing."""
    words = caption or ALT.get(moment, PHOTO)
    return Photo(evidence.url(file), evidence.url(file, "thumb"), alt=words, moment=moment, caption=caption)


def photos_of(files: Iterable[tuple[UUID, str]], captions: Mapping[str, str] | None = None) -> list[Photo]:
    """From (file id, moment) and what photos of a moment are, as timelines have them."""
    return [photo_of(file, moment, (captions or {}).get(moment, "")) for file, moment in files]

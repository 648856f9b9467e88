"""Signed addresses of files. Whoever makes one has checked permission; it runs out by itself."""

from __future__ import annotations

import base64
import binascii
import time
from functools import cache, lru_cache
from uuid import UUID

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import NotFound
from shanzhi.registers.evidence import store
from shanzhi.registers.evidence.models import File

# An address stays the same within a window, so that the browser's own cache serves the next page view.
WINDOW = 15 * 60
SIZES = {"l": store.LARGE, "t": store.THUMB}
_signer = signing.Signer(salt="shanzhi.evidence.file")


def url(file: File | UUID, size: str = store.LARGE) -> str:
    """`size`: "large" or "thumb". Valid for 15 to 30 minutes, for anyone who has it. Needs no query when given an id."""
    before, after = _address()
    return f"{before}{token(file, size)}{after}"


def token(file: File | UUID, size: str = store.LARGE) -> str:
    return _token(file if isinstance(file, UUID) else file.id, size, int(time.time()) // WINDOW + 2)


@lru_cache(maxsize=4096)
def _token(identity: UUID, size: str, window: int) -> str:
    """The same for everyone who may see the file: lists show the same fifty pictures again and again."""
    name = base64.urlsafe_b64encode(identity.bytes).decode().rstrip("=")
    letter = next(letter for letter, known in SIZES.items() if known == size)
    return _signer.sign(f"{name}.{letter}{window}")


@cache
def _address() -> tuple[str, str]:
    """What stands before and after a token."""
    before, after = reverse("api:file", args=["-token-"]).split("-token-")
    return before, after


def opened(text: str) -> tuple[UUID, str]:
    """(file id, size). Raises NotFound when forged or run out."""
    try:
        name, rest = _signer.unsign(text).split(".")
        until = int(rest[1:]) * WINDOW
        identity, size = UUID(bytes=base64.urlsafe_b64decode(name + "==")), SIZES[rest[0]]
    except (signing.BadSignature, ValueError, KeyError, IndexError, binascii.Error) as error:
        raise NotFound(_("This address of a photo is not valid.")) from error
    if until <= time.time():
        raise NotFound(_("This address of a photo has run out. Load the page again."), code="run-out")
    return identity, size

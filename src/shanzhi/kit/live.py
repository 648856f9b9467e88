"""Which changes a page may hear of, as a signed token in the stream's address. The stream itself: `config.live`."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.core import signing

CHANNEL = "shanzhi_live"
SALT = "shanzhi.live"
STREAM_HOURS = 12


def stream_address(*, paths: Iterable[str] = (), about: Iterable[UUID] = ()) -> str:
    """The address of a stream of changes at these places (and below) and to these things.

    Call it only after the permission check: whoever holds the address hears *that* something changed, never what.
    """
    allowed = {"paths": list(paths), "about": [str(thing) for thing in about]}
    return "/sse/" + signing.dumps(allowed, salt=SALT, compress=True)

"""Which changes a page may hear of, as a signed token in the stream's address. The stream itself: `config.live`.

The token is of use only to the session that the page was made for, and for a quarter of an hour: then the page asks its
view for a new one, which looks again whether the actor may still hear of these things.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from uuid import UUID

from django.core import signing
from django.utils.crypto import salted_hmac

from shanzhi.engines.casework import queries as casework
from shanzhi.registers.people.middleware import ActorRequest

CHANNEL = "shanzhi_live"
SALT = "shanzhi.live"
STREAM_SECONDS = 15 * 60


def stream_address(
    request: ActorRequest, *, paths: Iterable[str] = (), about: Iterable[UUID] = (), private: bool = False
) -> str:
    """The address of a stream of changes to these things, and at these places (and below) to cases that the actor's lists may hold.

    Call it only after the permission check: whoever holds the address and the session hears *that* something changed.
    `private`: for who reported or is a side; of a case that stands quietly they hear nothing.
    """
    watched = list(paths)
    allowed = {
        "paths": watched, "about": [str(thing) for thing in about], "until": int(time.time()) + STREAM_SECONDS,
        "of": session_mark(request.session.session_key),
        "as": casework.hearing_of(request.actor).packed() if watched else None,
        "private": private,
    }  # fmt: skip
    return "/sse/" + signing.dumps(allowed, salt=SALT, compress=True)


def session_mark(key: str | None) -> str:
    """Tells a session without naming it; empty for a visitor who has none."""
    return salted_hmac(SALT, key).hexdigest()[:32] if key else ""

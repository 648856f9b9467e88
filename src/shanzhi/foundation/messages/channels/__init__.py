"""Ways out of the house. A channel takes an address, a text and an idempotency key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from shanzhi.foundation.base.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Address:
    value: str  # for SMS: the number in international form, +8613800000000
    language: str = "zh-hans"


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider took it. `reference` is the provider's own id of the message, possibly empty."""

    reference: str = ""


class ChannelError(Exception):
    """Not sent, or not known to be sent. The text is for the operator's page and holds no address."""


class Refused(ChannelError):
    """The provider will never take this message: trying again is useless."""


class Unavailable(ChannelError):
    """Down, busy, slow or misconfigured: the same key may be tried again, even when the first try did arrive."""


class NoChannel(Refusal):
    """This installation has no provider for the channel."""

    status = 503
    code = "channel-unavailable"


class Channel(Protocol):
    def deliver(self, address: str, text: str, *, key: str) -> Sent:
        """Raises Refused, Unavailable or NoChannel."""


_channels: dict[str, Callable[[], Channel]] = {}
_books: dict[str, Callable[[UUID, str], Address | None]] = {}


def register_channel(name: str, make: Callable[[], Channel]) -> None:
    _channels[name] = make


def register_book(name: str, find: Callable[[UUID, str], Address | None]) -> None:
    """Say where addresses come from: `find(holder, channel)`, None when there is none or the holder wants no message.

    The register of people calls this in `AppConfig.ready` with "person", casework with "party". Called inside a
    transaction as the system actor's job: the callee sets what row-level security asks for.
    """
    _books[name] = find


def channel(name: str) -> Channel:
    if name not in _channels:
        raise LookupError(f"There is no channel {name!r}; known: {', '.join(sorted(_channels)) or 'none'}")
    return _channels[name]()


def address(book: str, holder: UUID, channel_name: str) -> Address | None:
    if book not in _books:
        raise LookupError(f"No address book {book!r} is registered; known: {', '.join(sorted(_books)) or 'none'}")
    return _books[book](holder, channel_name)


def known_channels() -> Mapping[str, Callable[[], Channel]]:
    return _channels

"""The register of subscribers: who reads the journal, which kinds, and how it takes failure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import autodiscover_modules

from .rows import StoredFact

Handler = Callable[[list[StoredFact]], None]
NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")


@dataclass(frozen=True, slots=True)
class Subscriber:
    name: str
    kinds: tuple[str, ...]
    handle: Handler
    batch: int = 500
    parks: bool = True
    from_start: bool = True
    clear: Callable[[], None] | None = None


_subscribers: dict[str, Subscriber] = {}


def subscriber(
    name: str,
    *,
    kinds: tuple[str, ...] = (),
    batch: int = 500,
    parks: bool = True,
    from_start: bool = True,
    clear: Callable[[], None] | None = None,
) -> Callable[[Handler], Handler]:
    """Register `handle(facts)`: called with facts of these kinds in order, as SYSTEM, in one transaction with the cursor.

    kinds: "case." for all that begin so, "case.closed" for one, empty for every kind. batch: most positions at a time.
    parks: set a fact aside that fails again and again and go on; False stops there until it works (where order matters).
    from_start: False skips what was recorded before the subscriber first ran (notices).
    clear: empties the projection; with it `shanzhi journal replay <name>` may rebuild it from the first fact.
    """
    if not NAME.fullmatch(name):
        raise TypeError(f"subscriber name {name!r} must be like 'send-notices'")

    def register(handle: Handler) -> Handler:
        known = _subscribers.get(name)
        if known is not None and (known.handle.__module__, known.handle.__qualname__) != (
            handle.__module__,
            handle.__qualname__,
        ):
            raise TypeError(f"subscriber {name!r} is already registered by {known.handle.__module__}")
        _subscribers[name] = Subscriber(name, tuple(kinds), handle, batch, parks, from_start, clear)
        return handle

    return register


def subscribers() -> list[Subscriber]:
    """All of every installed app, by name."""
    autodiscover_modules("subscribers")
    return [_subscribers[name] for name in sorted(_subscribers)]


def subscriber_named(name: str) -> Subscriber:
    """LookupError, with the names there are, if there is none of this name."""
    for each in subscribers():
        if each.name == name:
            return each
    raise LookupError(f"no subscriber {name!r}; there are: {', '.join(each.name for each in subscribers()) or 'none'}")

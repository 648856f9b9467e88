"""The number that tells processes that territory changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.conf import settings
from django.db import connection

Held = TypeVar("Held")
_caches: list[Cache] = []


def bump() -> int:
    """Call last in a command that changes territory. Holds the row until commit, so such commands queue."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE places_revision SET number = nextval('places_revision_seq') RETURNING number")
        number = cursor.fetchone()[0]
    forget()
    return number


def lock() -> None:
    """Call first in such a command: what it then reads cannot change before it commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM places_revision FOR UPDATE")


def current() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM places_revision")
        row = cursor.fetchone()
    return row[0] if row else 0


def forget() -> None:
    """Makes this process ask again at once."""
    for cache in _caches:
        cache.checked = float("-inf")


def told(number: int | None) -> None:
    """The number as a statement read it just now that was sent anyway: nobody needs to ask for a while."""
    now = time.monotonic()
    for cache in _caches:
        cache.checked = now if cache.number == number else float("-inf")


class Cache(Generic[Held]):
    """Something loaded from territory and kept while the number stays, asked for at most every few seconds."""

    def __init__(self, load: Callable[[], Held]) -> None:
        self.load = load
        self.number = -1
        self.held: Held | None = None
        self.checked = float("-inf")
        _caches.append(self)

    def get(self) -> Held:
        now = time.monotonic()
        if self.held is None or now - self.checked > settings.SHANZHI_TERRITORY_SECONDS:
            number = current()
            if self.held is None or number != self.number:
                self.held = self.load()
            # The number read before loading: a change in between is then seen at the next check.
            self.number, self.checked = number, now
        return self.held

"""Which version a place goes by on a day, from a snapshot of all adoptions (few rows) held per thread.

Hazard: a snapshot taken inside a transaction that is rolled back would show what never was. So a thread that has
written an adoption reads again as soon as that transaction has ended, either way.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from .models import Adoption

EVERY = 2.0  # seconds between looks at the revision
REVISION = "SELECT count(*), coalesce(bit_xor(hashtextextended(id::text, 0)), 0) FROM playbook_adoption"
Row = tuple[date, UUID | None]


@dataclass
class Snapshot(threading.local):
    revision: tuple[int, int] | None = None
    looked: float = 0.0
    rows: dict[UUID, list[Row]] = field(default_factory=dict)
    written: object = None  # the callback that stands for our own uncommitted adoption


_held = Snapshot()


def adopted_at(place: UUID, on: date) -> tuple[bool, UUID | None]:
    """(decided here?, version). Only this place's own adoptions."""
    for since, version in reversed(_held.rows.get(place, ())):
        if since <= on:
            return version is not None, version
    return False, None


def version_id(chain: Sequence[UUID], on: date) -> UUID | None:
    """`chain` is the place and those above it, nearest first."""
    refresh()
    for place in chain:
        decided, version = adopted_at(place, on)
        if decided:
            return version
    return None


def standing(on: date) -> dict[UUID, UUID]:
    """Places that decide for themselves on the day, each with its version."""
    refresh()
    found = ((place, adopted_at(place, on)) for place in _held.rows)
    return {place: version for place, (decided, version) in found if decided and version}


def refresh() -> None:
    ended = _held.written is not None and not _pending()
    if ended:
        _held.written = None
    elif _held.revision is not None and time.monotonic() - _held.looked < EVERY:
        return
    with connection.cursor() as cursor:
        cursor.execute(REVISION)
        revision = cursor.fetchone()
    _held.looked = time.monotonic()
    if revision != _held.revision:
        _held.rows = {}
        for place, since, version in Adoption.objects.order_by("from_date", "id").values_list(
            "place", "from_date", "version_id"
        ):
            _held.rows.setdefault(place, []).append((since, version))
        _held.revision = revision


def told(revision: tuple[int, int]) -> None:
    """What REVISION says, as a statement read it just now that was sent anyway: this thread need not look for a while."""
    if _held.written is None:
        _held.looked = time.monotonic() if revision == _held.revision else float("-inf")


def written() -> None:
    """Call inside the transaction that wrote an adoption: this thread sees it at once, and unsees a rollback."""

    def committed() -> None:
        pass

    _held.revision = None
    _held.written = committed
    transaction.on_commit(committed)


def _pending() -> bool:
    # Django drops a transaction's callbacks when it rolls back, and runs and drops them when it commits.
    return any(callback[1] is _held.written for callback in connection.run_on_commit)

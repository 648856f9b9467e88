"""Reads of the journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from . import waiting
from .rows import FIELDS, StoredFact, between, kind_filter, last_position, select, stored
from .subscription import subscribers

__all__ = ["Lag", "StoredFact", "SubscriberLag", "facts_about", "facts_after", "lag", "last_position"]


def facts_about(about: UUID, *, kinds: Iterable[str] = (), limit: int = 200) -> list[StoredFact]:
    """The latest `limit` facts about a subject, oldest first. Sees this transaction's own facts (their position is None)."""
    waiting.write()
    condition, params = kind_filter(kinds)
    rows = select(
        f"SELECT p.position, {FIELDS} FROM journal_fact f LEFT JOIN journal_position p ON p.fact_id = f.id "  # noqa: S608
        f"WHERE f.about = %s AND {condition} ORDER BY f.recorded DESC, f.id DESC LIMIT %s",
        [about, *params, limit],
    )
    return [stored(row) for row in reversed(rows)]


def facts_after(position: int, *, kinds: Iterable[str] = (), limit: int = 500) -> list[StoredFact]:
    """At most `limit` facts with a position above this one, in order.

    Reads window by window: positions have no gaps, and left to a LIMIT the database joins the whole rest of the journal.
    """
    waiting.write()
    kinds = tuple(kinds)
    found: list[StoredFact] = []
    window, end = max(limit, 100), last_position()
    while position < end and len(found) < limit:
        last = min(end, position + window)
        found += between(position + 1, last, kinds)
        position, window = last, min(window * 4, 50_000)
    return found[:limit]


@dataclass(frozen=True, slots=True)
class SubscriberLag:
    name: str
    facts: int  # positions not yet looked at
    seconds: float  # age of the oldest of them
    failures: int  # in a row; 0 when it runs
    error: str
    retry_at: datetime | None
    parked: int  # facts set aside after repeated failure


@dataclass(frozen=True, slots=True)
class Lag:
    facts: int  # recorded, and not yet through the slowest subscriber
    seconds: float  # age of the oldest of them
    unsequenced: int
    subscribers: tuple[SubscriberLag, ...] = ()

    @property
    def parked(self) -> int:
        return sum(each.parked for each in self.subscribers)


WAITING = """
SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(recorded)), 0)::float8 FROM journal_unsequenced
"""
BEHIND = """
SELECT n.name, m.last - coalesce(c.position, 0),
    coalesce(extract(epoch FROM clock_timestamp() - p.recorded), 0)::float8,
    coalesce(c.failures, 0), coalesce(c.error, ''), c.retry_at,
    (SELECT count(*) FROM journal_parked k WHERE k.name = n.name)
FROM unnest(%s::text[]) WITH ORDINALITY n(name, ord)
CROSS JOIN (SELECT coalesce(max(position), 0) AS last FROM journal_position) m
LEFT JOIN journal_cursor c ON c.name = n.name
LEFT JOIN journal_position p ON p.position = coalesce(c.position, 0) + 1
ORDER BY n.ord
"""


def lag() -> Lag:
    """How far the sequencer and each installed subscriber are behind."""
    waiting, age = select(WAITING)[0]
    rows = select(BEHIND, [[each.name for each in subscribers()]])
    each = tuple(SubscriberLag(*row) for row in rows)
    return Lag(
        facts=waiting + max((one.facts for one in each), default=0),
        seconds=max([age, *(one.seconds for one in each)]),
        unsequenced=waiting,
        subscribers=each,
    )

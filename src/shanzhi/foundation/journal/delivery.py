"""Sequencing and delivery: a subscriber's effect and its cursor move in one transaction.

Kill it anywhere: nothing is lost, nothing is done twice.
"""

from __future__ import annotations

import logging
from typing import NamedTuple

from django.db import OperationalError, connection, transaction

from shanzhi.foundation.base.actor import SYSTEM

from .parking import describe, park
from .rows import StoredFact, between, last_position, select
from .scope import as_actor
from .subscription import Subscriber, subscriber_named, subscribers

log = logging.getLogger(__name__)
SEQUENCE_BATCH = 1000
PARK_AFTER = 5
LONGEST_PAUSE = 300
TRANSIENT_PAUSE = 5
ROUNDS = 1000


class Step(NamedTuple):
    handled: int  # facts that the handler took
    again: bool  # there may be more to do at once


class Place(NamedTuple):
    position: int
    careful_until: int
    failures: int


def ensure_cursors() -> None:
    """A cursor for every installed subscriber. Comes before sequencing: `from_start=False` begins with what is not sequenced."""
    every = subscribers()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_cursor (name, position) SELECT n.name, CASE WHEN n.start THEN 0 ELSE "
            "(SELECT coalesce(max(position), 0) FROM journal_position) END FROM unnest(%s::text[], %s::boolean[]) n(name, start) "
            "ON CONFLICT DO NOTHING",
            [[each.name for each in every], [each.from_start for each in every]],
        )


def sequence() -> int:
    """Give positions to what is committed. Answers how many facts got one."""
    total = 0
    while True:
        with transaction.atomic():
            moved = select("SELECT journal_sequence(%s)", [SEQUENCE_BATCH])[0][0]
        total += moved
        if moved < SEQUENCE_BATCH:
            return total


def behind(names: list[str] | None = None) -> list[Subscriber]:
    """Installed subscribers with something to read, whose pause after a failure (if any) is over."""
    rows = select(
        "SELECT name FROM journal_cursor WHERE position < (SELECT coalesce(max(position), 0) FROM journal_position) "
        "AND (retry_at IS NULL OR retry_at <= clock_timestamp())"
    )
    due = {row[0] for row in rows}
    return [each for each in subscribers() if each.name in due and (names is None or each.name in names)]


def deliver(each: Subscriber, *, strict: bool = False) -> Step:
    """One batch to one subscriber. A failure is recorded and paused for, not raised; with `strict` it is raised."""
    place: Place | None = None
    facts: list[StoredFact] = []
    last = 0
    try:
        with transaction.atomic():
            place = _lock(each.name)
            if place is None:
                return Step(0, False)
            last = min(last_position(), place.position + each.batch)
            facts = between(place.position + 1, last, each.kinds)
            if place.position < place.careful_until and len(facts) > 1:
                facts, last = facts[:1], facts[0].position or 0
            if facts:
                with as_actor(SYSTEM):
                    each.handle(facts)
            _move(each.name, last)
    except Exception as error:
        if strict or place is None:
            raise
        log.exception("journal: subscriber %s failed between positions %s and %s", each.name, place.position + 1, last)
        return _failed(each, place, facts, last, error)
    return Step(len(facts), last > place.position)


def _lock(name: str) -> Place | None:
    rows = select(
        "SELECT position, careful_until, failures FROM journal_cursor WHERE name = %s FOR UPDATE SKIP LOCKED", [name]
    )
    return Place(*rows[0]) if rows else None


def _move(name: str, position: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_cursor SET position = %s, moved = clock_timestamp(), failures = 0, error = '', retry_at = NULL "
            "WHERE name = %s",
            [position, name],
        )


def _failed(each: Subscriber, place: Place, facts: list[StoredFact], last: int, error: Exception) -> Step:
    transient = isinstance(error, OperationalError)  # deadlock, lost connection: not the fact's fault
    single = len(facts) == 1
    tries = place.failures + (1 if single and not transient else 0)
    pause = TRANSIENT_PAUSE if transient else min(2**tries, LONGEST_PAUSE) if single else 0
    with transaction.atomic():
        if _lock(each.name) != place:  # another process went on from here
            return Step(0, False)
        if single and not transient and each.parks and tries >= PARK_AFTER:
            park(each.name, facts[0], tries, describe(error))
            _move(each.name, facts[0].position or 0)
            return Step(0, True)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE journal_cursor SET careful_until = greatest(careful_until, %s), failures = %s, error = %s, "
                "retry_at = clock_timestamp() + %s * interval '1 second' WHERE name = %s",
                [0 if single else last, tries, describe(error), pause, each.name],
            )
    return Step(0, not pause)


def run_once(name: str | None = None, *, strict: bool = True) -> int:
    """Sequence, then deliver, until nothing is left (to one subscriber, or all). Answers how many facts were handled.

    What a handler raises is raised, unless `strict` is off. LookupError for an unknown name; RuntimeError when subscribers
    keep answering each other's facts without end.
    """
    chosen = [subscriber_named(name)] if name else subscribers()
    ensure_cursors()
    handled = 0
    for _ in range(ROUNDS):
        sequence()
        steps = [deliver(each, strict=strict) for each in chosen]
        handled += sum(step.handled for step in steps)
        if not any(step.again for step in steps):
            return handled
    raise RuntimeError("the journal does not come to rest: a subscriber appends facts that lead to itself")


def replay(name: str) -> int:
    """Rebuild a subscriber's projection from the first fact, in one transaction: readers see the old one or the new one.

    LookupError for an unknown name, ValueError for a subscriber that does not say how to `clear` (its effects go outside).
    """
    each = subscriber_named(name)
    if each.clear is None:
        raise ValueError(f"{name} is no projection: its effects cannot be taken back, so it is never replayed")
    ensure_cursors()
    handled, position = 0, 0
    with transaction.atomic(), as_actor(SYSTEM):
        select("SELECT 1 FROM journal_cursor WHERE name = %s FOR UPDATE", [name])
        end = last_position()
        each.clear()
        while position < end:
            last = min(end, position + each.batch)
            if facts := between(position + 1, last, each.kinds):
                each.handle(facts)
            handled, position = handled + len(facts), last
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM journal_parked WHERE name = %s", [name])
        _move(name, end)
    return handled

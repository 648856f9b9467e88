"""Commands of the journal: append facts, run a command once, act as someone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import now

from . import receipts, scope, waiting
from .facts import Fact, declared
from .scope import Scope, as_actor

__all__ = ["Entry", "Run", "append", "append_many", "as_actor", "command"]

PURPOSE = re.compile(r"[a-z0-9][a-z0-9._:-]{0,63}|")
BATCH = 1000


def append(
    *facts: Fact,
    about: UUID,
    by: Actor,
    place: UUID | None = None,
    at: datetime | None = None,
    purpose: str = "",
) -> list[UUID]:
    """Append facts about one subject in one INSERT, inside a command at its end; answer their ids in order.

    `at` is when it happened (now, unless told); when it was recorded is the database's to say. Must run inside the
    transaction that makes the change: RuntimeError otherwise. UndeclaredFact for a kind that is not declared.
    """
    if not facts:
        return []
    if not PURPOSE.fullmatch(purpose):
        raise ValueError(f"purpose {purpose!r} must be a code: the journal keeps no free text")
    return _insert([Entry(fact, about, place) for fact in facts], by=by, at=at, purpose=purpose)


class Entry(NamedTuple):
    fact: Fact
    about: UUID
    place: UUID | None = None


def append_many(entries: Sequence[Entry], *, by: Actor, at: datetime | None = None) -> list[UUID]:
    """Facts about many subjects, as imports have them; one INSERT a thousand. Else as `append`."""
    ids: list[UUID] = []
    for start in range(0, len(entries), BATCH):
        ids += _insert(entries[start : start + BATCH], by=by, at=at)
    return ids


def _insert(entries: Sequence[Entry], *, by: Actor, at: datetime | None = None, purpose: str = "") -> list[UUID]:
    if not connection.in_atomic_block:
        raise RuntimeError(
            "A fact belongs to the transaction that makes it true: append inside journal.services.command"
        )
    at = at or now()
    post = by.post.id if by.post else None
    ids: list[UUID] = []
    values: list[Any] = []
    for entry in entries:
        fact = declared(entry.fact)
        ids.append(new_id())
        data = Jsonb(fact.model_dump(mode="json"))
        values += [ids[-1], fact.kind, fact.version, entry.about, at, entry.place, by.person, post, purpose, data]
    if not waiting.hold(values, len(entries)):
        waiting.insert(values, len(entries))
    return ids


@dataclass(slots=True)
class Run:
    """One run of a command. Put what the caller should get into `result`; if `replayed`, it is there and nothing is to do."""

    name: str
    by: Actor
    replayed: bool = False
    result: dict[str, Any] = field(default_factory=dict)


@contextmanager
def command(
    name: str,
    *,
    by: Actor,
    key: str | UUID | None = None,
    body: Mapping[str, Any] | None = None,
    purpose: str = "",
) -> Iterator[Run]:
    """One transaction as `by`. With a key, a retry with the same body finds the first answer instead of acting again.

    A replayed result has been through JSON (ids are strings). Same key, other body or other actor:
    Conflict(code="key-reused"). A command inside a command joins its transaction: a refusal of the inner one then undoes the
    whole, also if it is caught (open your own `atomic()` around it to go on).
    """
    outer, inner = scope.current(), Scope(by.key, purpose, commanding=True)
    joins = transaction.get_connection().in_atomic_block
    scopes = scope.stack()
    with transaction.atomic(savepoint=not outer.commanding):
        scopes.append(inner)
        try:
            run = Run(name, by)
            with waiting.until_the_end():
                if key is None:
                    if inner[:2] != outer[:2]:
                        scope.put(inner)
                    yield run
                else:
                    yield from _once(run, receipts.usable(key), inner, receipts.body_hash(by, body))
        finally:
            scopes.pop()
        if joins:
            scope.leave(inner, outer)


def _once(run: Run, key: str, inner: Scope, wanted: bytes) -> Iterator[Run]:
    stored = receipts.begin(run.name, key, inner.actor, inner.purpose, wanted)
    if stored is not None:
        run.replayed, run.result = True, stored
    yield run
    if not run.replayed:
        receipts.keep(run.name, key, wanted, run.result)

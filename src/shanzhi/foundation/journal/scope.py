"""Who acts, as the database sees it: the transaction-local settings that row-level security reads.

Settings outlive an inner block when the transaction goes on (a nested command, a test), so leaving a block puts the outer
values back: otherwise what runs next would see with someone else's eyes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from weakref import WeakKeyDictionary

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus

from shanzhi.foundation.base.actor import Actor


class Scope(NamedTuple):
    actor: str = ""
    purpose: str = ""
    commanding: bool = False


_stacks: WeakKeyDictionary[BaseDatabaseWrapper, list[Scope]] = WeakKeyDictionary()


def stack() -> list[Scope]:
    return _stacks.setdefault(transaction.get_connection(), [])


def current() -> Scope:
    scopes = stack()
    return scopes[-1] if scopes else Scope()


def put(scope: Scope) -> None:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(
            "SELECT set_config('shanzhi.actor', %s, true), set_config('shanzhi.purpose', %s, true)",
            [scope.actor, scope.purpose],
        )


def broken() -> bool:
    """Has the transaction failed? Its rollback then puts the settings back by itself."""
    connection = transaction.get_connection()
    raw = connection.connection
    return connection.needs_rollback or raw is None or raw.info.transaction_status != TransactionStatus.INTRANS


def leave(inner: Scope, outer: Scope) -> None:
    if inner[:2] != outer[:2] and not broken():
        put(outer)


@contextmanager
def as_actor(by: Actor, purpose: str = "") -> Iterator[None]:
    """Read as this actor: rows that row-level security shows to `by` (for `purpose`), until the block ends.

    Opens a transaction where there is none, joins one that is open. No statement if the same actor is set already.
    """
    outer, scopes = current(), stack()
    inner = Scope(by.key, purpose, outer.commanding)
    if not transaction.get_connection().in_atomic_block:
        with transaction.atomic():
            scopes.append(inner)
            try:
                put(inner)
                yield
            finally:
                scopes.pop()
        return
    if inner[:2] != outer[:2]:
        put(inner)
    scopes.append(inner)
    try:
        yield
    finally:
        scopes.pop()
        leave(inner, outer)

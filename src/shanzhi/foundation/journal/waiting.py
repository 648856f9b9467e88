"""The facts of a command wait for its end and go in together with its receipt: one statement for both.

What a command appends inside a savepoint of its own is written at once: only the database knows what a rollback there undoes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from shanzhi.foundation.base.statements import ask

MOST, FEW = 100, 4
COLUMNS = "id, kind, version, about, at, place, person, post, purpose, data"
ROW = "(%s::uuid, %s::varchar, %s::smallint, %s::uuid, %s::timestamptz, %s::uuid, %s::uuid, %s::uuid, %s::varchar, %s::jsonb)"
RECEIPT = "INSERT INTO journal_receipt (command, key, body_hash, result) VALUES (%s::varchar, %s::varchar, %s::bytea, %s::jsonb)"


@dataclass(slots=True)
class Waiting:
    """`depth`: how many blocks were open when the outermost command began."""

    depth: int
    values: list[Any] = field(default_factory=list)
    count: int = 0


_waiting: WeakKeyDictionary[BaseDatabaseWrapper, Waiting] = WeakKeyDictionary()


@contextmanager
def until_the_end() -> Iterator[None]:
    """Of the outermost command. One that is refused takes its facts with it; an inner one only its own."""
    connection = transaction.get_connection()
    held = _waiting.get(connection)
    if held is not None:
        values, count = len(held.values), held.count
        try:
            yield
        except BaseException:
            del held.values[values:]
            held.count = min(held.count, count)
            raise
        return
    held = _waiting[connection] = Waiting(len(connection.savepoint_ids))
    try:
        yield
        write()
    finally:
        del _waiting[connection]


def hold(values: Sequence[Any], count: int) -> bool:
    """Keep these rows of ROW until the end, if there is one to wait for."""
    held = _open()
    if held is None:
        return False
    if held.count + count > MOST:
        write()
        return False
    held.values += values
    held.count += count
    return True


def _open() -> Waiting | None:
    connection = transaction.get_connection()
    held = _waiting.get(connection)
    if held is None or any(connection.savepoint_ids[held.depth :]):
        return None
    return held


def write(receipt: Sequence[Any] | None = None) -> None:
    """What waits, and the receipt: at most one statement."""
    held = _open()
    values, count = (held.values, held.count) if held else ([], 0)
    if held:
        held.values, held.count = [], 0
    if count:
        insert(values, count, receipt)
    elif receipt is not None:
        ask(RECEIPT, receipt)


def insert(values: Sequence[Any], count: int, receipt: Sequence[Any] | None = None) -> None:
    facts = f"INSERT INTO journal_fact ({COLUMNS}) VALUES {', '.join([ROW] * count)}"  # noqa: S608
    sql = f"WITH facts AS ({facts}) {RECEIPT}" if receipt is not None else facts
    given = [*values, *(receipt or ())]
    if count <= FEW:
        ask(sql, given)
    else:  # lengths that come once: not worth keeping prepared
        with transaction.get_connection().cursor() as cursor:
            cursor.execute(sql, given)

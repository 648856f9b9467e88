"""Statements asked so often that the database keeps them prepared: parsed and planned once a connection."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

import psycopg
from django.db import transaction
from psycopg.pq import Format


class Said(NamedTuple):
    """What Django's log of statements looks for on a cursor."""

    query: bytes


# In the connection's zone, as the driver itself reads them: Django's way passes each through Python.
MOMENTS = psycopg.adapters.get_loader(psycopg.adapters.types["timestamptz"].oid, Format.TEXT)


PLACE = re.compile("%[s%]")


@lru_cache(maxsize=500)
def numbered(sql: str) -> bytes:
    """With $1, $2 … as the server takes them. The driver keeps only what it made of short statements, and a case is moved by a long one."""
    number = count(1)
    return PLACE.sub(lambda place: f"${next(number)}" if place[0] == "%s" else "%", sql).encode()


class Prepared(psycopg.RawCursor[Any]):
    """A connection's own, kept: a new one would find out again how each type is written and read, for longer than most statements take."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        if MOMENTS:
            self.adapters.register_loader("timestamptz", MOMENTS)

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Any:
        done = super().execute(numbered(query), params, prepare=True)
        self._query: Any = Said(query.encode())
        return done

    def close(self) -> None:
        """Only the rows go."""
        self._reset(reset_query=False)


def _kept(connection: Any) -> Prepared:
    if not hasattr(connection, "shanzhi_prepared"):
        connection.shanzhi_prepared = Prepared(connection)
    return connection.shanzhi_prepared


def ask(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows. Parameters are bound by the server, so each needs a type that it can tell: write casts. JSON comes as text."""
    connection: Any = transaction.get_connection()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    # In Django's own wrapping: tests count the statement, errors become Django's, a thread's connection stays its own.
    with connection._prepare_cursor(_kept(connection.connection)) as cursor:
        cursor.execute(sql, params)
        # Not `description`: that describes each column of a wide row anew. A statement without rows has no number of one.
        return cursor.fetchall() if cursor.rownumber is not None else []

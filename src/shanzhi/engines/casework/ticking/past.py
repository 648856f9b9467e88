"""A past that is being made up: until it has been lived through, what looks late in it may yet be done in time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

LOCK = (1247761014, 1)


@contextmanager
def making_a_past() -> Iterator[None]:
    """While any process is in here, the tick of the present judges no clock. Ends with the connection at the latest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s, %s)", LOCK)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_shared(%s, %s)", LOCK)


def nobody_makes_a_past() -> bool:
    """Until the end of the transaction; whoever wants to begin waits for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK)
        return bool(cursor.fetchone()[0])

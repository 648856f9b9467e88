"""What a simulating process may leave out: nothing that commands check, only what serving people or keeping them waiting costs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections

PREPARED = 3  # how often a statement is seen before the server keeps its plan
COLLECT = 50_000  # new objects between two searches for garbage


def make_haste() -> None:
    """For this process, from now on: plans kept by the server, no list of statements, garbage looked for seldom."""
    settings.DEBUG = False  # Django would keep the text of every statement
    connection.close()
    options = connections.settings[DEFAULT_DB_ALIAS].setdefault("OPTIONS", {})
    options |= {"server_side_binding": True, "prepare_threshold": PREPARED}
    del connections[DEFAULT_DB_ALIAS]  # the next use makes it anew
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT)


@contextmanager
def without_waiting_for_the_disk() -> Iterator[None]:
    """A past that was made up can be made up again: after a crash of the database its last moments may be missing."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        connection.close()  # and with it the setting

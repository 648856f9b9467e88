from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, connections

from config import localpg
from kill.processes import kill_all
from scratch import copied_database, url


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Django's connections (of every thread, and of forks) lead to this database."""
    before = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before


@pytest.fixture
def db(django_db_setup) -> None:
    """In this folder: the test database is made, and nobody stays connected to it.

    The name counts: pytest-django makes the database only if some test asks for `db` or is marked. Without it the copy would
    be one of the development database.
    """


@pytest.fixture
def scratch_database(db, django_db_blocker) -> Iterator[str]:
    """The name of a copy of the test database that Django is connected to: real commits, threads and processes."""
    with django_db_blocker.unblock(), copied_database("scratch") as name, pointed_at(name):
        try:
            yield name
        finally:
            kill_all()


@pytest.fixture
def owner(scratch_database) -> Iterator[psycopg.Connection]:
    """A connection to the scratch database as the owner of its tables, each statement committed."""
    with psycopg.connect(url(scratch_database, localpg.OWNER), autocommit=True) as raw:
        yield raw

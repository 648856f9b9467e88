"""Databases of a test's own: a copy of the migrated test database, for tests that need real commits or other processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection

from config import localpg


def url(name: str, role: str) -> str:
    """DATABASE_URL of that database for that role, on the server the tests use."""
    host = settings.DATABASES["default"]["HOST"]
    return f"postgres://{role}@/{name}?host={quote(host)}"


@contextmanager
def copied_database(suffix: str) -> Iterator[str]:
    """The name of a fresh copy of the test database; dropped at the end, whoever is still connected."""
    template = settings.DATABASES["default"]["NAME"]
    if not template.startswith("test_"):
        raise RuntimeError("pytest-django has made no test database: mark the tests with django_db")
    name = f"{template}_{suffix}_{os.getpid()}"
    connection.close()  # a template must have no other users
    with psycopg.connect(url("postgres", localpg.OWNER), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield name
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def environment(name: str, **more: str) -> dict[str, str]:
    """For a subprocess that serves from that database."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DATABASE_URL": url(name, localpg.APP),
        "DATABASE_OWNER_URL": url(name, localpg.OWNER),
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }

"""The test database is made by the owner; tests run as the serving role, so that grants and row-level security count."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created

from shanzhi.foundation.playbook import reading
from shanzhi.registers.places import revision

pytest_plugins = ["cast"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    def step_down(connection, **_):
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {settings.SHANZHI_APP_ROLE}")

    connection_created.connect(step_down, weak=False, dispatch_uid="serving role in tests")
    connection.close()
    yield
    connection_created.disconnect(dispatch_uid="serving role in tests")
    connection.close()


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """Hundreds of tests adopt the same texts, and reading YAML takes a hundred times what the rest of adopting takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read", lru_cache(256)(reading.read))
        yield


@pytest.fixture(autouse=True)
def _territory() -> None:
    """The last test's territory went with its transaction; what the process keeps of it must be asked for anew."""
    revision.forget()


@pytest.fixture(autouse=True)
def _media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"

"""The test database is made by the owner; tests run as the serving role, so that grants and row-level security count."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.signals import connection_created
from django.utils import translation

import tries  # noqa: F401 - its profiles must be known before Hypothesis reads --hypothesis-profile
from shanzhi.engines.casework import rarity
from shanzhi.foundation.calendar import book
from shanzhi.foundation.playbook import adoptions, reading
from shanzhi.registers.places import revision
from template import template

pytest_plugins = ["cast"]
AN_AGE = 1e9  # seconds


def pytest_configure() -> None:
    os.environ["LC_ALL"] = "C.UTF-8"  # commands speak the terminal's language, and tests read English
    # Hundreds of tests adopt the same texts, some read them while they are collected, and YAML takes a hundred times the rest of it.
    reading.read = lru_cache(256)(reading.read)


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: looking through it for garbage took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker, django_db_createdb: bool, django_db_use_migrations: bool
) -> None:
    if django_db_use_migrations:
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = template(anew=django_db_createdb)


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


@pytest.fixture(autouse=True)
def _nothing_remembered(settings) -> Iterator[None]:
    """The last test's territory, playbooks and calendar went with its transaction: the process forgets them too.

    Within a test it never looks again because time has passed: what a page costs must not hang on a busy machine.
    """
    revision.forget()
    adoptions._held.revision, adoptions._held.written = None, None
    book._held, book._open_until = None, 0.0
    settings.SHANZHI_TERRITORY_SECONDS = AN_AGE
    cache.clear()
    translation.deactivate()  # the last page's reader left theirs
    with pytest.MonkeyPatch.context() as patch:  # of its own: a test may undo the other
        patch.setattr(adoptions, "EVERY", AN_AGE)
        patch.setattr(book, "SECONDS", AN_AGE)
        patch.setattr(rarity, "_known", rarity.Known(asked=float("inf")))  # every word is rare
        yield


@pytest.fixture(scope="session")
def _media_of_all(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def _media(settings, _media_of_all) -> None:
    """A folder of the test's own, made when something is kept in it."""
    settings.MEDIA_ROOT = _media_of_all / uuid4().hex

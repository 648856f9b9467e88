"""The start skips migrating only where there is surely nothing to do."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection

from config import migrated
from config.localpg import Cluster

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster(tmp_path, monkeypatch) -> Cluster:
    found = Cluster()
    if str(found.socket) != settings.DATABASES["default"]["HOST"]:
        pytest.skip("the tests use another server")
    monkeypatch.setattr(migrated, "_stamp", lambda _cluster, database: tmp_path / database)
    return found


def test_known_once_noted(cluster):
    name = connection.settings_dict["NAME"]
    assert not migrated.known(cluster, name)
    migrated.note(cluster, name)
    assert migrated.known(cluster, name)


def test_unknown_after_a_new_migration_or_in_an_empty_database(cluster, tmp_path, monkeypatch):
    name = connection.settings_dict["NAME"]
    migrated.note(cluster, name)
    folder = tmp_path / "src" / "app" / "migrations"
    folder.mkdir(parents=True)
    (folder / "0002_more.py").touch()
    monkeypatch.setattr(migrated, "ROOT", tmp_path)
    assert not migrated.known(cluster, name)
    assert not migrated.known(cluster, "no_such_database")
    assert not migrated.lived_in(cluster, "玉溪", "no_such_database")


def test_an_empty_city_is_not_lived_in(cluster):
    assert not migrated.lived_in(cluster, "玉'溪", connection.settings_dict["NAME"])

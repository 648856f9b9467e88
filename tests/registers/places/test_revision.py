"""Territory that processes keep is read again once its number is another."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.db import SessionStore as Plain
from django.db import connection

from shanzhi.registers.people.sessions import SessionStore
from shanzhi.registers.places import revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def cache(monkeypatch):
    monkeypatch.setattr(revision, "_caches", [])
    loads = iter(range(10))
    return revision.Cache(lambda: next(loads))


def test_a_session_tells_of_a_change_elsewhere_and_saves_the_look(cache, settings, django_assert_num_queries):
    settings.SHANZHI_TERRITORY_SECONDS = 3600
    kept = Plain()
    kept.save()
    assert cache.get() == 0
    with connection.cursor() as cursor:  # as another process would
        cursor.execute("UPDATE places_revision SET number = nextval('places_revision_seq')")
    assert cache.get() == 0  # not looked yet
    SessionStore(kept.session_key).load()
    assert cache.get() == 1
    cache.checked = float("-inf")
    SessionStore(kept.session_key).load()
    with django_assert_num_queries(0):
        assert cache.get() == 1


def test_what_this_process_changed_itself_is_asked_again(cache):
    assert cache.get() == 0
    revision.bump()
    assert cache.get() == 1

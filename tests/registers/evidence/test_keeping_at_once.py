"""Two uploads at the same moment, on real connections that commit."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pictures
import pytest
from django.db import connection

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.registers.evidence import services
from shanzhi.registers.evidence.models import File

WANG = Actor(person=UUID(int=1))


@pytest.fixture
def committing(django_db_setup, django_db_blocker):
    """Tables that threads share. The serving role may not truncate, so what the test makes goes by name."""
    made: list[UUID] = []
    with django_db_blocker.unblock():
        yield made
        File.objects.filter(id__in=made).delete()
        connection.close()


def test_the_same_upload_twice_at_once_is_one_file(committing):
    identity, content = new_id(), pictures.encoded(pictures.scene(60, 60))
    committing.append(identity)
    ready = threading.Barrier(4)

    def send(_: int) -> UUID:
        try:
            ready.wait(timeout=120)
            return services.keep(upload=pictures.upload(content), by=WANG, id=identity).id
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(4))) == {identity}
    assert File.objects.filter(id=identity).count() == 1

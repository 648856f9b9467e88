"""清河市 with Guiyang's text, on a Tuesday morning before anybody is up."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import override

from adopted import adopt
from shanzhi.registers.evidence.models import File

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAWN = datetime(2026, 11, 3, 5, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    with override("en"):
        yield
    cache.clear()


@pytest.fixture
def clock():
    with time_machine.travel(DAWN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def guiyang(clock, cast):
    adopt("guiyang", place=cast.city.city)
    return cast


@pytest.fixture
def photo():
    def make(by):
        return File.objects.create(
            kind="photo", media_type="image/jpeg", sha256="0" * 64, original_sha256="0" * 64, bytes=1,
            by_person=by.person, kept_at=timezone.now(),
        ).id  # fmt: skip

    return make

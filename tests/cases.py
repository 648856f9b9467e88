"""Fixtures for tests of doors: the real Yuxi playbook in the small test city, and short words to open and move cases.

In a conftest: `from cases import *`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from adopted import adopt
from cast_places import middle
from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.registers.evidence.models import File

__all__ = ["do", "photo", "report", "yuxi"]


@pytest.fixture
def yuxi(cast):
    """The cast, with the playbook adopted by the whole city."""
    adopt("yuxi", place=cast.city.city)
    return cast


@pytest.fixture
def report(yuxi) -> Callable[..., Any]:
    def make(by: str | Actor | None = "王秀英", **changes: Any) -> Any:
        who = yuxi.actor(by) if isinstance(by, str) else by
        place = changes.pop("place", yuxi.city.willow_1)
        wanted: dict[str, Any] = {
            "id": new_id(), "procedure": "six-step", "place": place.id, "words": "门口的井盖破了，晚上看不见，怕老人摔着",
            "category": "manhole-cover", "position": middle(place), "by": who,
        }  # fmt: skip
        return services.open_case(**(wanted | changes)).case

    return make


@pytest.fixture
def do(yuxi, photo) -> Callable[..., Any]:
    """do(case, "registration", "陈静", category="manhole-cover"); photos="before after" adds one each."""

    def run(case: Any, action: str, who: str, photos: str = "", **fields: Any) -> Any:
        by = yuxi.actor(who)
        files = [services.Attached(photo(by), moment) for moment in photos.split()]
        return services.act(case=case.id, action=action, by=by, fields=fields, files=files)

    return run


@pytest.fixture
def photo() -> Callable[[Actor], UUID]:
    """A photo row sent by the actor; its bytes do not matter here."""

    def make(by: Actor) -> UUID:
        return File.objects.create(
            kind="photo", media_type="image/jpeg", sha256="0" * 64, original_sha256="0" * 64, bytes=1,
            by_person=by.person, by_visitor="" if by.person else by.visitor, kept_at=timezone.now(),
        ).id  # fmt: skip

    return make

"""The real Yuxi playbook in the small test city, and short words to open and move cases."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from adopted import adopt
from cast import *  # noqa: F403 - fixtures
from cast_places import middle
from shanzhi.engines.casework import services
from shanzhi.engines.casework.models import Case
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.ids import new_id
from whistles import *  # noqa: F403 - fixtures


@pytest.fixture
def yuxi(cast):
    """The cast, with the playbook adopted by the whole city."""
    adopt("yuxi", place=cast.city.city)
    return cast


@pytest.fixture
def report(yuxi) -> Callable[..., Case]:
    def make(by: str | Actor | None = "王秀英", **changes: Any) -> Case:
        who = yuxi.actor(by) if isinstance(by, str) else by
        place = changes.pop("place", yuxi.city.willow_1)
        wanted: dict[str, Any] = {
            "id": new_id(), "procedure": "six-step", "place": place.id, "words": "门口的井盖破了，晚上看不见，怕老人摔着",
            "category": "manhole-cover", "position": middle(place), "by": who,
        }  # fmt: skip
        opened = services.open_case(**(wanted | changes))
        opened.case.token = opened.follow_token
        return opened.case

    return make


@pytest.fixture
def do(yuxi, photo) -> Callable[..., Case]:
    """do(case, "registration", "陈静", category="manhole-cover"): one action by a named person; photos as it asks."""

    def run(case: Case, action: str, who: str | Actor, photos: str = "", **fields: Any) -> Case:
        by = yuxi.actor(who) if isinstance(who, str) else who
        files = [services.Attached(photo(by), moment) for moment in photos.split()]
        return services.act(case=case.id, action=action, by=by, fields=fields, files=files)

    return run


@pytest.fixture
def photo() -> Callable[[Actor], Any]:
    """A photo row sent by the actor; its bytes do not matter here."""
    from django.utils import timezone

    from shanzhi.registers.evidence.models import File

    def make(by: Actor) -> Any:
        return File.objects.create(
            kind="photo", media_type="image/jpeg", sha256="0" * 64, original_sha256="0" * 64, bytes=1,
            by_person=by.person, by_visitor="" if by.person else by.visitor, kept_at=timezone.now(),
        ).id  # fmt: skip

    return make


@pytest.fixture
def story(yuxi, report, do) -> SimpleNamespace:
    """A case on its way to a department, in the hands of 赵强."""
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "acceptance", "赵强")
    return SimpleNamespace(case=case, cast=yuxi)


@pytest.fixture(autouse=True)
def _english():
    """Messages are compared in the language that they are written in, compiled translations or not."""
    from django.utils.translation import override

    with override("en"):
        yield

"""The small city with the real Yuxi text, and short ways through the resident's door."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from adopted import adopt
from cases import photo  # noqa: F401 - fixture
from cast_places import middle
from disputes import Dispute, banner  # noqa: F401 - fixture
from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.ids import new_id
from shanzhi.registers.evidence.models import File


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _city(settings):
    settings.SHANZHI_CITY = "清河"


@pytest.fixture
def yuxi(cast):
    adopt("yuxi", place=cast.city.city)
    return cast


@pytest.fixture
def picture() -> Callable[..., bytes]:
    def make(colour: str = "#557755") -> bytes:
        out = BytesIO()
        Image.new("RGB", (64, 48), colour).save(out, "JPEG")
        return out.getvalue()

    return make


@pytest.fixture
def upload(picture) -> Callable[..., Any]:
    """upload(client, content?, name?, id?) → the response of the api door."""

    def send(client: Client, content: bytes | None = None, name: str = "photo.jpg", **fields: Any) -> Any:
        file = SimpleUploadedFile(name, content if content is not None else picture(), "image/jpeg")
        return client.post("/api/files", {"file": file, **fields})

    return send


@pytest.fixture
def form(yuxi) -> Callable[..., dict[str, Any]]:
    """What the report form sends: a broken manhole cover in 柳林社区, unless said otherwise."""

    def make(**changes: Any) -> dict[str, Any]:
        lon, lat = middle(yuxi.city.willow_1)
        fields = {"id": str(new_id()), "place_lon": lon, "place_lat": lat, "category": "manhole-cover"}
        fields |= {"words": "门口的井盖破了，晚上看不见，怕老人摔着"} | changes
        return {name: value for name, value in fields.items() if value is not None}

    return make


@pytest.fixture
def report(yuxi) -> Callable[..., Any]:
    """A case of this person, straight through casework."""

    def make(by: str = "王秀英", **changes: Any) -> Any:
        place = changes.pop("place", yuxi.city.willow_1)
        wanted: dict[str, Any] = {
            "id": new_id(), "procedure": "six-step", "place": place.id, "words": "门口的井盖破了", "category": "manhole-cover",
            "position": middle(place), "by": yuxi.actor(by),
        }  # fmt: skip
        return services.open_case(**(wanted | changes)).case

    return make


@pytest.fixture
def do(yuxi) -> Callable[..., Any]:
    """do(case, "registration", "陈静", category=…): one action by a named person, with photos as it asks."""

    def run(case: Any, action: str, who: str, photos: str = "", **fields: Any) -> Any:
        by = yuxi.actor(who)
        files = [services.Attached(_photo(by), moment) for moment in photos.split()]
        return services.act(case=case.id, action=action, by=by, fields=fields, files=files)

    return run


def _photo(by: Any) -> UUID:
    return File.objects.create(
        kind="photo", media_type="image/jpeg", sha256="0" * 64, original_sha256="0" * 64, bytes=1, by_person=by.person,
        by_visitor="", kept_at="2026-01-01T00:00Z",
    ).id  # fmt: skip


@pytest.fixture
def closed(report, do) -> Any:
    """A case from report to closing: 张伟 fixed it, 孙丽 checked."""
    case = report()
    do(case, "spot-fix", "张伟", "before after", category="manhole-cover", result="换了新井盖")
    return case


@pytest.fixture
def dispute(banner, photo) -> Dispute:  # noqa: F811
    """In the village, with 巴雅尔."""
    return Dispute(banner, photo).begun()


@pytest.fixture
def side_a(dispute) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(dispute.cast.accounts["王秀英"])
    return client


@pytest.fixture
def side_b(dispute) -> Client:
    """By the secret link of the letter."""
    by = dispute.actor("巴雅尔")
    party = next(one for one in casework.parties_of(dispute.now(by), by) if one.side == "b")
    token = services.invite(case=dispute.now(by), party=party.id, by=by)
    client = Client(headers={"accept-language": "zh-CN"})
    client.get(f"/follow/{token}/", follow=True)
    return client

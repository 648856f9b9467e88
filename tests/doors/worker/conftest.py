"""The Yuxi playbook in the small test city, and a manhole cover on its way through it."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image

from adopted import adopt
from in_english import *  # noqa: F403 - fixture
from shanzhi.engines.casework import services as casework
from shanzhi.foundation.base.ids import new_id
from shanzhi.programmes.reporting import services as reporting
from shanzhi.registers.evidence.services import keep


@pytest.fixture
def yuxi(cast):
    adopt("yuxi", place=cast.city.city)
    return cast


@pytest.fixture
def photo():
    """Of an actor: the id of a real small picture of theirs."""
    shade = iter(range(20, 250))

    def make(by):
        content = BytesIO()
        Image.new("RGB", (64, 48), (next(shade), 140, 120)).save(content, "JPEG")
        return keep(upload=SimpleUploadedFile("photo.jpg", content.getvalue(), "image/jpeg"), by=by).id

    return make


@pytest.fixture
def reported(yuxi, photo):
    """A new case of 王秀英 in 柳林社区第一网格."""

    def make(**more):
        by = yuxi.actor("王秀英")
        asked = {"words": "门口井盖破了", "place": yuxi.city.willow_1.id, "files": [photo(by)]} | more
        return reporting.report(id=new_id(), by=by, **asked).case

    return make


@pytest.fixture
def assigned(yuxi, reported):
    """Given to 张伟, the grid worker, by 刘敏, the secretary."""

    def make(**more):
        case = reported(**more)
        fields = {"category": "manhole-cover", "post": str(yuxi.posts["张伟"].id)}
        return casework.act(case=case.id, action="assignment", by=yuxi.actor("刘敏"), fields=fields)

    return make


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    with override("en"):
        yield
    cache.clear()

"""The Yuxi playbook in the small test city."""

from __future__ import annotations

import pytest
from django.utils import timezone

from adopted import adopt
from cast import *  # noqa: F403 - fixtures


@pytest.fixture
def yuxi(cast):
    adopt("yuxi", place=cast.city.city)
    return cast


@pytest.fixture
def photo():
    """A real small picture, kept through evidence."""
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    from shanzhi.registers.evidence.services import keep

    def make(by, colour=(90, 140, 120)):
        content = BytesIO()
        Image.new("RGB", (640, 480), colour).save(content, "JPEG")
        return keep(upload=SimpleUploadedFile(f"{timezone.now()}.jpg", content.getvalue()), by=by).id

    return make


@pytest.fixture(autouse=True)
def _english():
    """Messages are compared in the language that they are written in, compiled translations or not."""
    from django.utils.translation import override

    with override("en"):
        yield

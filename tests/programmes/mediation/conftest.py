"""The banner's way in 东城区 of the small city, inside a city that goes by another; mediators at three levels."""

from __future__ import annotations

import pytest

from cases import photo  # noqa: F401 - fixture
from cast import *  # noqa: F403 - fixtures
from disputes import Dispute, banner  # noqa: F401 - fixture


@pytest.fixture
def dispute(banner, photo) -> Dispute:  # noqa: F811
    return Dispute(banner, photo)


@pytest.fixture(autouse=True)
def _english():
    from django.utils.translation import override

    with override("en"):
        yield

import datetime

import pytest

from shanzhi.registers.places.models import Place


@pytest.fixture
def city(db) -> Place:
    return Place.objects.create(level="city", code="9001", name="清河市", path="90/9001/", since=datetime.date(2020, 1, 1))


@pytest.fixture
def community(city) -> Place:
    return Place.objects.create(
        level="community", code="900101001001", name="柳林社区", path="90/9001/900101/900101001/900101001001/",
        parent=city, since=datetime.date(2020, 1, 1),
    )  # fmt: skip

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()
    yield
    cache.clear()

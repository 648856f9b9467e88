from __future__ import annotations

from collections.abc import Iterator

import gateway as gateways
import pytest
from procrastinate import testing
from procrastinate.contrib.django import procrastinate_app


@pytest.fixture
def gateway() -> Iterator[gateways.Gateway]:
    with gateways.running() as running:
        yield running


@pytest.fixture
def jobs() -> Iterator[testing.InMemoryConnector]:
    """Jobs kept in memory, to look at and to run."""
    connector = testing.InMemoryConnector()
    with procrastinate_app.current_app.replace_connector(connector):
        yield connector

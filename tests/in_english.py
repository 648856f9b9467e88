"""`client_for` whose browsers read English: for texts that are compared in the language that they are written in.

In a conftest or a test: `from in_english import *`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

__all__ = ["client_for"]


@pytest.fixture
def client_for(client_for: Callable[[str | None], Client]) -> Callable[[str | None], Client]:
    def make(name: str | None) -> Client:
        client = client_for(name)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return make

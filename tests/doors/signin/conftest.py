import re

import pytest
from django.core.cache import cache
from django.test import Client

from shanzhi.foundation.messages.channels import Sent


class Texts(list):
    """Text messages that went out, as (number, text)."""

    def send(self, phone: str, text: str, *, key: str) -> Sent:
        self.append((phone, text))
        return Sent()

    @property
    def code(self) -> str:
        return re.search(r"\d{6}", self[-1][1])[0]


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def texts(monkeypatch) -> Texts:
    sent = Texts()
    monkeypatch.setattr("shanzhi.doors.signin.adapter.sms_provider", lambda: sent)
    monkeypatch.setattr("shanzhi.doors.signin.forms.sms_available", lambda: True)
    return sent


@pytest.fixture
def visitor(db) -> Client:
    return Client(headers={"accept-language": "en"})

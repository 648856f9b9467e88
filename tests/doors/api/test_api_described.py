"""What the API describes is what it answers: whatever is sent, each answer has a status and a shape that are described."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cases import *  # noqa: F403 - fixtures
from shanzhi.foundation.base.ids import new_id
from tries import tries

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = [
    ("GET", "/api/cases"),
    ("GET", "/api/cases/{id}"),
    ("POST", "/api/cases"),
    ("POST", "/api/cases/{id}/{action}"),
]
ACTIONS = ["registration", "dispatch", "rejection", "withdrawal", "joining", "wishing"]
TOKEN = "a" * 32


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """A server lets go of its connections around each request; here the test's transaction lives in one."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def described(yuxi, report, _one_connection) -> Any:
    """The description as served, and headers of somebody who is signed in."""

    def headers(name: str) -> dict[str, str]:
        client = Client()
        client.force_login(yuxi.accounts[name])
        cookie = f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"
        return {"Cookie": cookie, "X-CSRFToken": TOKEN}

    schema = openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    return schema, report(), [headers("陈静"), headers("王秀英"), {}]


@pytest.mark.property
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_described(method, path, mode, described):
    schema, known, people = described
    operation = schema[path][method]
    strategy = operation.as_strategy(generation_mode=mode)

    @tries(12)
    @given(sent=strategy, who=st.sampled_from(people), real=st.booleans(), action=st.sampled_from(ACTIONS))
    def ask(sent: Any, who: dict[str, str], real: bool, action: str) -> None:
        cache.clear()
        if real and "id" in sent.path_parameters:
            sent.path_parameters["id"] = str(known.id)
        if real and "action" in sent.path_parameters:
            sent.path_parameters["action"] = action
        with transaction.atomic():
            answer = sent.call(headers=who)
            transaction.set_rollback(True)
        sent.validate_response(answer, checks=CHECKS)

    ask()


@pytest.mark.parametrize("text", ["\x00", "井\x00盖", "\ud800"])
def test_what_no_database_keeps_is_refused_or_left_out(text, yuxi, client_for):
    desk, sent = client_for("陈静"), {"id": str(new_id()), "words": f"井盖{text}", "place": str(yuxi.city.willow_1.id)}
    query = text.encode("utf-8", "surrogatepass").decode("latin-1")
    assert desk.get("/api/cases", {"q": query}).status_code < 500
    answer = client_for("王秀英").post("/api/cases", json.dumps(sent), content_type="application/json")
    assert answer.status_code in (201, 400, 422)

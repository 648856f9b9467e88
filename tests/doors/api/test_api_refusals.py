"""Each way in which the API says no, in the reader's language and with the place of what is wrong."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from cases import *  # noqa: F403 - fixtures
from shanzhi.foundation.base.ids import new_id

CASES = "/api/cases"
HAN, WORD = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{3,}")
# What is the same in both languages: names, patterns, examples.
NAMES = re.compile(
    r"\b(GET|HEAD|POST|DELETE)\b|“[^”]*”|\b(JSON|UTF-8|wgs84|gcj02|before|after|spot|normal|urgent|true|false)\b|[0-9a-f-]{36}|\^\S+|hue"
)


def send(client: Client, address: str, body: Any, **headers: str) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post(address, text, content_type="application/json", headers=headers)


def words_of(problem: dict[str, Any]) -> list[str]:
    fields = [text for texts in problem.get("fields", {}).values() for text in texts]
    errors = [one["detail"] for one in problem.get("errors", [])]
    return [text for text in (problem["title"], problem["detail"], problem.get("advice", ""), *fields, *errors) if text]


@pytest.fixture
def ask(report, client_for, yuxi):
    """ask(kind, language) -> the refusal of that kind."""
    case = report()
    at = f"{CASES}/{case.id}"
    registration = {"fields": {"category": "manhole-cover"}}

    def strict(language: str) -> Any:
        client = Client(enforce_csrf_checks=True)
        client.force_login(yuxi.accounts["王秀英"])
        return send(client, CASES, {"id": str(new_id())}, **{"Accept-Language": language})

    def many(language: str) -> Any:
        client, answer = client_for("李桂芳"), None
        for _n in range(21):
            answer = send(client, CASES, {"id": str(new_id())}, **{"Accept-Language": language})
        return answer

    def go(kind: str, language: str) -> Any:
        desk, resident, more = client_for("陈静"), client_for("王秀英"), {"Accept-Language": language}
        key = {"Idempotency-Key": str(uuid4())} | more
        return {
            "signed-out": lambda: client_for(None).get(CASES, headers=more),
            "unreadable": lambda: send(resident, CASES, "{", **more),
            "forgery": lambda: strict(language),
            "not-theirs": lambda: send(resident, f"{at}/registration", {}, **more),
            "no-address": lambda: desk.get("/api/nothing", headers=more),
            "not-there": lambda: desk.get(f"{CASES}/{uuid4()}", headers=more),
            "no-action": lambda: send(desk, f"{at}/wishing", {}, **more),
            "no-filter": lambda: desk.get(f"{CASES}?hue=red", headers=more),
            "filters": lambda: desk.get(f"{CASES}?limit=0&unit=x&open=perhaps&due_before=soon&urgency=high&after=x&q={'x' * 101}", headers=more),
            "report": lambda: send(resident, CASES, {"id": 1, "words": 7, "position": {"lon": 181, "lat": "x"}, "files": "x", "more": 1}, **more),
            "nothing": lambda: send(resident, CASES, {"id": str(new_id())}, **more),
            "no-place": lambda: send(resident, CASES, {"id": str(new_id()), "words": "井盖破了"}, **more),
            "deed": lambda: send(desk, f"{at}/registration", {"files": [{"moment": "later"}], "expect": -1, "fields": []}, **more),
            "path": lambda: send(desk, f"{at}/Wishing", {}, **more),
            "header": lambda: send(desk, f"{at}/registration", {}, **more | {"Idempotency-Key": "x" * 201}),
            "form": lambda: send(desk, f"{at}/registration", {}, **more),
            "moved": lambda: send(desk, f"{at}/registration", registration | {"expect": 0}, **more),
            "key": lambda: [send(desk, f"{at}/registration", {"fields": {"category": one}}, **key) for one in ("manhole-cover", "road-damage")][1],
            "into": lambda: send(desk, f"{at}/registration", {"into": str(case.id)}, **more),
            "many": lambda: many(language),
            "no-photo": lambda: resident.post("/api/files", headers=more),
            "photo-id": lambda: resident.post("/api/files", {"id": "x", "file": b""}, headers=more),
            "method": lambda: desk.delete(CASES, headers=more),
            "method-of-deed": lambda: desk.get(f"{at}/registration", headers=more),
            "method-of-places": lambda: desk.delete("/api/places", headers=more),
            "no-position": lambda: resident.get("/api/places/here?lon=999", headers=more),
        }[kind]()  # fmt: skip

    return go


KINDS = {
    "signed-out": 401, "unreadable": 400, "forgery": 403, "not-theirs": 403, "no-address": 404, "not-there": 404,
    "no-action": 404, "no-filter": 422, "filters": 422, "report": 422, "nothing": 422, "no-place": 422, "deed": 422,
    "path": 422, "header": 422, "form": 422, "moved": 409, "key": 409, "into": 422, "many": 429, "no-photo": 422,
    "photo-id": 422, "no-position": 422, "method": 405, "method-of-deed": 405, "method-of-places": 405,
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_said_in_the_readers_language(kind, language, ask):
    answer = ask(kind, language)
    assert (answer.status_code, answer["Content-Type"]) == (KINDS[kind], "application/problem+json")
    said = words_of(answer.json())
    assert len(said) >= 2
    for text in said:
        if language == "en":
            assert not HAN.search(NAMES.sub("", text)), text
            assert WORD.search(text), text
        else:
            assert HAN.search(text), text
            assert not WORD.search(NAMES.sub("", text)), text


def test_each_wrong_value_has_its_place(ask):
    problem = ask("report", "en").json()
    places = {one["pointer"]: one["detail"] for one in problem["errors"]}
    assert places == {
        "#/id": "This must be an id such as 01939c5e-7f42-7c1a-9d3e-2b7a61c0f8d4.",
        "#/words": "This must be text.",
        "#/position/lon": "This must be at most 180.",
        "#/position/lat": "This must be a number.",
        "#/files": "This must be a list.",
        "#/more": "Nothing of this name is known here.",
    }
    assert problem["fields"]["position.lon"] == ["This must be at most 180."]
    assert [one["pointer"] for one in ask("deed", "en").json()["errors"]] == [
        "#/fields", "#/files/0/file", "#/files/0/moment", "#/expect",
    ]  # fmt: skip


def test_what_is_wrong_beside_the_body_is_named_by_where_it_stands(ask):
    assert {(one["in"], one["name"]) for one in ask("filters", "en").json()["errors"]} == {
        ("query", name) for name in ("q", "urgency", "unit", "open", "due_before", "limit")
    }
    assert ask("header", "en").json()["errors"][0]["in"] == "header"
    assert ask("path", "en").json()["errors"][0] == {
        "detail": "This must have the form ^[a-z][a-z0-9-]{0,59}$.", "in": "path", "name": "action",
    }  # fmt: skip


def test_what_an_address_takes_is_said_in_the_header_and_in_words(ask, client_for):
    answer = ask("method", "en")
    assert (answer["Allow"], answer.json()["code"]) == ("GET, POST", "wrong-method")
    assert answer.json()["detail"] == "DELETE is not possible at this address. It takes GET, POST."
    assert client_for("陈静").head(CASES).status_code == 405

"""The JSON API of cases, from outside: the same permission as the pages, refusals as problem details, once for each key."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.translation import override

from cases import *  # noqa: F403 - fixtures
from cast_places import middle
from shanzhi.doors.api.house import api
from shanzhi.engines.casework.models import Case, Step
from shanzhi.foundation.base.ids import new_id

CASES = "/api/cases"


def send(client: Client, address: str, body: dict[str, Any], **headers: str) -> Any:
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers)


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    return answer.json()


@pytest.fixture
def body(yuxi):
    lon, lat = middle(yuxi.city.willow_1)
    return {
        "id": str(new_id()),
        "category": "manhole-cover",
        "words": "门口的井盖破了",
        "position": {"lon": lon, "lat": lat},
    }


def test_everyone_lists_what_they_may_see(report, client_for):
    case = report()
    numbers = {
        name: [one["number"] for one in client_for(name).get(CASES).json()["cases"]]
        for name in ("陈静", "王秀英", "李桂芳")
    }
    assert numbers == {"陈静": [case.number], "王秀英": [case.number], "李桂芳": []}
    assert problem(client_for(None).get(CASES), 401)["code"] == "signed-out"


def test_a_list_goes_on_where_it_ended_though_new_cases_come(report, client_for):
    made, desk = [report(words=f"第{n}件").number for n in range(5)], client_for("陈静")
    first = desk.get(f"{CASES}?limit=2").json()
    report(words="新来的")
    second = desk.get(f"{CASES}?limit=2&after={first['next']}").json()
    third = desk.get(f"{CASES}?limit=2&after={second['next']}").json()
    assert [one["number"] for page in (first, second, third) for one in page["cases"]] == made[::-1]
    assert third["next"] is None


@pytest.mark.parametrize(
    ("query", "field"), [("after=x", "after"), ("limit=0", "limit"), ("unit=x", "unit"), ("hue=red", "hue")]
)
def test_what_cannot_be_read_is_named(query, field, yuxi, client_for):
    assert field in problem(client_for("陈静").get(f"{CASES}?{query}"), 422)["fields"]


def test_filters_and_words(report, do, client_for, yuxi):
    lamp, cover = report(words="路灯不亮", category="street-light"), report()
    do(cover, "registration", "陈静", category="manhole-cover")
    desk = client_for("陈静")

    def found(query: str) -> list[str]:
        return [one["number"] for one in desk.get(f"{CASES}?{query}").json()["cases"]]

    assert found("q=路灯") == found("category=street-light") == found("state=reported") == [lamp.number]
    assert found(f"q={cover.number[-5:].lower()}") == found("state=registered&open=true") == [cover.number]
    assert found(f"place={yuxi.city.river_1.id}") == []


def test_one_case_says_what_can_be_done_and_not_who_reported(report, client_for):
    case = report()
    seen = client_for("陈静").get(f"{CASES}/{case.id}").json()
    assert "registration" in [one["action"] for one in seen["actions"]]
    assert seen["story"][0]["who"]
    assert "王秀英" not in json.dumps(seen, ensure_ascii=False)


def test_the_unit_complained_about_and_strangers_learn_nothing(report, client_for, yuxi):
    case = report(subject_unit=yuxi.units["city-housing"].id)
    for stranger in ("赵强", "何敏", "李桂芳"):
        client = client_for(stranger)
        assert client.get(CASES).json()["cases"] == []
        assert problem(client.get(f"{CASES}/{case.id}"), 404)
        assert problem(send(client, f"{CASES}/{case.id}/registration", {"fields": {"category": "manhole-cover"}}), 404)


def test_reporting_twice_makes_one_case(body, client_for):
    client = client_for("王秀英")
    first, second = send(client, CASES, body), send(client, CASES, body)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["number"] == second.json()["number"]
    assert first["Location"] == f"{CASES}/{body['id']}"
    assert Case.objects.count() == 1
    assert problem(send(client, CASES, body | {"words": "另一件事"}), 409)["code"] == "key-reused"


def test_a_report_without_anything_or_without_a_place_is_refused_by_field(body, client_for):
    client = client_for("王秀英")
    assert "words" in problem(send(client, CASES, {"id": str(new_id())}), 422)["fields"]
    assert "place" in problem(send(client, CASES, {"id": str(new_id()), "words": "井盖破了"}), 422)["fields"]
    assert problem(send(client_for(None), CASES, body), 401)


def test_an_action_happens_once_for_its_key(report, client_for):
    case, desk, key = report(), client_for("陈静"), str(uuid4())
    address, sent = f"{CASES}/{case.id}/registration", {"fields": {"category": "manhole-cover"}, "expect": 1}
    answers = [send(desk, address, sent, **{"Idempotency-Key": key}) for _n in range(2)]
    assert [one.json()["state"] for one in answers] == ["registered", "registered"]
    assert Step.objects.filter(case=case, action="registration").count() == 1
    assert problem(send(desk, address, {"fields": {"category": "road-damage"}}, **{"Idempotency-Key": key}), 409)
    assert problem(send(desk, address, sent), 409)["code"] == "case-moved"


def test_an_action_that_is_not_theirs_is_denied_and_an_unknown_one_not_found(report, do, client_for):
    case = report()
    assert problem(send(client_for("王秀英"), f"{CASES}/{case.id}/registration", {}), 403)
    assert problem(send(client_for("陈静"), f"{CASES}/{case.id}/wishing", {}), 404)
    assert "category" in problem(send(client_for("陈静"), f"{CASES}/{case.id}/registration", {}), 422)["fields"]


def test_joining_names_the_other_case(report, client_for):
    case, other, desk = report(), report("李桂芳"), client_for("陈静")
    assert send(desk, f"{CASES}/{other.id}/joining", {"into": str(case.id)}).json()["state"] == "joined"
    assert "into" in problem(send(desk, f"{CASES}/{case.id}/registration", {"into": str(other.id)}), 422)["fields"]


def test_writing_needs_the_token_of_our_own_pages(body, yuxi):
    client = Client(enforce_csrf_checks=True)
    client.force_login(yuxi.accounts["王秀英"])
    assert problem(send(client, CASES, body), 403)["code"] == "forgery"
    client.cookies["csrftoken"] = "a" * 32
    assert send(client, CASES, body, **{"X-CSRFToken": "a" * 32}).status_code == 201


def test_the_description_names_every_address_and_loads_nothing_from_elsewhere(client, db):
    described = client.get("/api/openapi.json").json()
    assert {(path, method) for path, ways in described["paths"].items() for method in ways} == {
        ("/api/cases", "get"), ("/api/cases", "post"), ("/api/cases/{id}", "get"), ("/api/cases/{id}/{action}", "post"),
    }  # fmt: skip


def test_the_description_is_made_once_for_each_language():
    with override("en"):
        english = api.get_openapi_schema()
        assert api.get_openapi_schema() is english
        assert "application/problem+json" in english["paths"]["/api/cases"]["get"]["responses"][401]["content"]
    with override("zh-hans"):
        assert api.get_openapi_schema() is not english

"""Every address of this door, by those it is not for."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from shanzhi.doors.resident import urls
from shanzhi.foundation.base.ids import new_id

OPEN = {
    "", "report/", "reports/", "notices/", "answering/", "about/how/", "about/privacy/", "about/boundaries/",
}  # fmt: skip
POSTS = {
    "report/suggestions/",
    "notices/read/",
    "notices/<uuid:id>/",
    "reports/<uuid:id>/subscription/",
    "reports/<uuid:id>/<slug:action>/",
}
OF_A_CASE = {
    "reports/<uuid:id>/",
    "reports/<uuid:id>/sent/",
    "reports/<uuid:id>/record.pdf",
    "reports/<uuid:id>/spot.json",
    "case/<str:number>/",
}
BY_TOKEN = {"c/<str:token>", "c/<str:token>/", "follow/<str:token>/", "follow/<str:token>/sent/"}
# Tested from outside in tests/permissions, and in tests/programmes of what they belong to.
ELSEWHERE = {
    "calls/",
    "calls/<uuid:id>/",
    "calls/<uuid:id>/signup",
    "calls/<uuid:id>/withdrawal",
    "calls/here/<str:token>/",
    "case/<str:number>/papers/<slug:name>.pdf",
}
# The neighbour, one without any post, the neighbour grid's worker, another department, and nobody.
OUTSIDERS = ["李桂芳", "周涛", "何敏", "钱芳", None]


def test_every_address_is_tested_here():
    assert {str(one.pattern) for one in urls.urlpatterns} == OPEN | POSTS | OF_A_CASE | BY_TOKEN | ELSEWHERE


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("path", sorted(OF_A_CASE))
def test_a_case_is_not_there_for_outsiders(client_for, closed, path, who):
    address = path.replace("<uuid:id>", str(closed.id)).replace("<str:number>", closed.number)
    answer = client_for(who).get(f"/{address}")
    assert answer.status_code == 404
    assert "换了新井盖" not in answer.content.decode()


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("action", ["rating", "reopening", "withdrawal", "objection", "registration", "nonsense"])
def test_nobody_else_acts_for_the_reporter(client_for, closed, action, who):
    answer = client_for(who).post(f"/reports/{closed.id}/{action}/", {"stars": "1", "reason": "x"})
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["陈静", "刘敏", "张伟", "孙丽"])
@pytest.mark.parametrize("action", ["rating", "reopening"])
def test_staff_who_see_the_case_do_not_answer_for_the_reporter(client_for, closed, action, who):
    answer = client_for(who).post(f"/reports/{closed.id}/{action}/", {"stars": "1", "reason": "x"})
    assert answer.status_code == 403


@pytest.mark.parametrize("who", ["陈静", "刘敏", "张伟"])
def test_staff_read_no_reporter_here(client_for, closed, who):
    page = client_for(who).get(f"/reports/{closed.id}/").content.decode()
    assert "王秀英" not in page
    assert "rating/" not in page


def test_the_unit_complained_about_does_not_see_it(client_for, report, yuxi):
    case = report(subject_unit=yuxi.units["city-housing"].id)
    for path in OF_A_CASE:
        address = path.replace("<uuid:id>", str(case.id)).replace("<str:number>", case.number)
        assert client_for("赵强").get(f"/{address}").status_code == 404
    page = client_for("李桂芳").post(f"/reports/{case.id}/subscription/", {"key": str(new_id())})
    assert page.status_code == 404


@pytest.mark.parametrize("path", sorted(BY_TOKEN))
def test_guessed_tokens_lead_nowhere(yuxi, path):
    assert Client().get("/" + path.replace("<str:token>", "a" * 40)).status_code == 404


@pytest.mark.parametrize("path", sorted(OPEN))
@pytest.mark.parametrize("who", [None, "周涛"])
def test_open_pages_tell_nothing_of_others(client_for, closed, path, who):
    answer = client_for(who).get(f"/{path}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert closed.number not in page
    assert "王秀英" not in page


@pytest.mark.parametrize("path", sorted(OPEN))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_are_wholly_in_the_readers_language(yuxi, path, language):
    page = Client(headers={"accept-language": language}).get(f"/{path}").content.decode()
    main = re.sub(r"<[^>]+>|English", " ", page.split("<main")[1].split("</main>")[0])
    if language == "zh-hans":
        assert not re.search(r"\b(the|you|and|report|photo)\b", main)
    else:
        assert not re.search(r"[一-鿿]", main.replace("清河市", ""))


@pytest.mark.parametrize("path", ["notices/read/", "notices/01a20052-0fc0-72dd-aff4-316b48d755b8/"])
def test_messages_are_for_those_signed_in(yuxi, path):
    assert Client().post(f"/{path}").status_code == 403
    assert Client().get(f"/{path}")["Location"] == "/notices/"


def test_somebody_elses_message_leads_nowhere(client_for, yuxi):
    from shanzhi.foundation.base.actor import SYSTEM
    from shanzhi.foundation.messages.services import notify

    notice = notify(to=yuxi.persons["王秀英"], text="x", about=None, link="/case/YX-1/", by=SYSTEM, kind="t")
    assert client_for("周涛").post(f"/notices/{notice.id}/")["location"] == "/notices/"
    notice.refresh_from_db()
    assert notice.read_at is None


def test_who_answers_here_is_public_by_surname_and_in_full_for_those_signed_in(client_for, yuxi):
    address = f"/answering/?place={yuxi.city.willow_1.id}"
    page = client_for(None).get(address).content.decode()
    assert "刘＊" in page
    assert "刘敏" not in page
    assert "刘敏" in client_for("王秀英").get(address).content.decode()
    assert "王秀英" not in page


def test_changes_need_the_pages_token(closed, yuxi):
    client = Client(enforce_csrf_checks=True)
    for path in ("report/", f"reports/{closed.id}/rating/", f"reports/{closed.id}/subscription/", "notices/read/"):
        assert client.post(f"/{path}", {}).status_code == 403


def test_a_visitor_is_led_to_the_code_that_also_makes_an_account(client, yuxi):
    for address in ("/", "/reports/", "/notices/", "/report/"):
        page = client.get(address).content.decode()
        assert 'href="/signin/' in page
        assert "/signin/password/" not in page, address

"""Signing in by a code to the phone: the same way for old and new numbers."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from shanzhi.doors.signin.adapter import NotSent
from shanzhi.foundation.messages.channels import Unavailable
from shanzhi.registers.people import queries, services
from shanzhi.registers.people.models import Account

ASK, ENTER = "/signin/", "/signin/code/"


def who(client):
    return client.session.get("_auth_user_id")


def test_a_resident_signs_in_with_a_bare_number(cast, visitor, texts):
    answer = visitor.post(ASK, {"phone": "138 0000 0001"})
    assert answer.headers["location"] == ENTER
    assert texts[0][0] == "+8613800000001"
    page = visitor.get(ENTER).content.decode()
    assert "138****0001" in page
    assert "13800000001" not in page
    answer = visitor.post(ENTER, {"code": texts.code})
    assert answer.headers["location"] == reverse("signin:home")
    assert who(visitor) == str(cast.accounts["王秀英"].pk)


def test_a_new_number_gets_an_account_when_the_code_is_proven_and_not_before(visitor, texts):
    visitor.post(ASK, {"phone": "13911112222"})
    assert Account.objects.count() == 0
    wrong = "000000" if texts.code != "000000" else "111111"
    visitor.post(ENTER, {"code": wrong})
    assert Account.objects.count() == 0
    visitor.post(ENTER, {"code": texts.code})
    account = services.account_by_phone("+8613911112222")
    assert who(visitor) == str(account.pk)
    assert services.phone_of(account.person_id) == ("+8613911112222", True)
    assert queries.actor_for(account).posts == ()
    assert visitor.get("/signin/me/").status_code == 200


def test_a_new_number_can_ask_again_and_a_second_tap_changes_nothing(visitor, texts):
    visitor.post(ASK, {"phone": "13911112222"})
    visitor.post(ENTER, {"action": "resend"})
    assert len(texts) == 2
    for _tap in range(2):
        assert visitor.post(ENTER, {"code": texts.code}).status_code == 302
    assert Account.objects.count() == 1
    assert who(visitor)


def test_a_code_that_was_sent_again_counts_its_whole_five_minutes(visitor, texts):
    with time_machine.travel(datetime(2026, 11, 20, 10, tzinfo=UTC), tick=False) as clock:
        visitor.post(ASK, {"phone": "13911112222"})
        clock.shift(timedelta(minutes=4, seconds=50))
        visitor.post(ENTER, {"action": "resend"})
        clock.shift(timedelta(minutes=4, seconds=50))
        assert visitor.post(ENTER, {"code": texts.code}).status_code == 302
        assert who(visitor)


def test_the_code_for_a_new_number_counts_anew_too(cast, client_for, texts):
    with time_machine.travel(datetime(2026, 11, 20, 10, tzinfo=UTC), tick=False) as clock:
        client, enter = client_for("王秀英"), "/signin/phone/code/"
        client.post("/signin/phone/", {"phone": "13911112222"})
        clock.shift(timedelta(minutes=4, seconds=50))
        client.post(enter, {"action": "resend"})
        clock.shift(timedelta(minutes=4, seconds=50))
        client.post(enter, {"action": "verify", "code": texts.code})
    assert services.phone_of(cast.persons["王秀英"]) == ("+8613911112222", True)


def test_two_browsers_with_one_new_number_are_one_account(db, client, texts):
    first, second = (type(client)(), type(client)())
    for browser in (first, second):
        cache.clear()
        browser.post(ASK, {"phone": "13911112222"})
    for browser, (_number, text) in zip((first, second), texts, strict=True):
        browser.post(ENTER, {"code": re.search(r"\d{6}", text)[0]})
    assert who(first) == who(second) is not None
    assert Account.objects.count() == 1


def test_known_and_unknown_numbers_look_the_same(cast, texts, client):
    seen = []
    for number in ("13800000001", "13911112222"):
        browser = type(client)(headers={"accept-language": "en"})
        answer = browser.post(ASK, {"phone": number})
        page = browser.get(ENTER).content.decode().replace(number[:3], "").replace(number[-4:], "")
        seen.append((answer.status_code, answer.headers["location"], texts[-1][1].replace(texts.code, ""), len(page)))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("typed", ["", "12345", "hello", "📱" * 30, "x" * 10_000])
def test_a_wrong_number_is_said_next_to_the_field_and_kept(visitor, texts, typed):
    answer = visitor.post(ASK, {"phone": typed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "id_phone_error" in page
    assert not typed or typed in page
    assert texts == []


def test_messages_are_in_the_users_language(db, client, texts):
    assert "手机号" in client.post(ASK, {"phone": "1"}, headers={"accept-language": "zh-CN"}).content.decode()


def test_a_wrong_code_keeps_trying_five_times(cast, visitor, texts):
    visitor.post(ASK, {"phone": "13800000001"})
    wrong = "000000" if texts.code != "000000" else "111111"
    for _ in range(4):
        page = visitor.post(ENTER, {"code": wrong}).content.decode()
        assert "This code is not right" in page
    answer = visitor.post(ENTER, {"code": wrong})
    assert answer.headers["location"] == ASK
    assert visitor.post(ENTER, {"code": texts.code}).headers["location"].startswith(ASK)
    assert who(visitor) is None


def test_full_width_digits_are_understood(cast, visitor, texts):
    visitor.post(ASK, {"phone": "１３８００００００01"})
    visitor.post(ENTER, {"code": texts.code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))})
    assert who(visitor)


def test_a_code_can_be_sent_again(cast, visitor, texts):
    visitor.post(ASK, {"phone": "13800000001"})
    visitor.post(ENTER, {"action": "resend"})
    assert len(texts) == 2
    visitor.post(ENTER, {"code": texts.code})
    assert who(visitor)


def test_asking_twice_within_a_minute_is_refused_kindly(cast, visitor, texts):
    visitor.post(ASK, {"phone": "13800000001"})
    visitor.post("/signin/out/", {"next": ASK})
    page = visitor.post(ASK, {"phone": "13800000001"}).content.decode()
    assert "Too many tries" in page
    assert len(texts) == 1


def test_a_gateway_that_is_down_is_said_at_the_number(cast, visitor, texts, monkeypatch):
    def down(*args, **values):
        raise Unavailable("busy")

    monkeypatch.setattr(texts, "send", down, raising=False)
    page = visitor.post(ASK, {"phone": "13800000001"}).content.decode()
    assert "could not be sent" in page
    assert "13800000001" in page
    assert NotSent.status == 503


def test_without_a_gateway_the_page_names_the_password(visitor):
    page = visitor.post(ASK, {"phone": "13800000001"}).content.decode()
    assert "Please sign in with a password" in page
    assert Account.objects.count() == 0


def test_a_closed_account_is_told_so_only_after_the_code(cast, visitor, texts):
    Account.objects.filter(pk=cast.accounts["王秀英"].pk).update(is_active=False)
    assert visitor.post(ASK, {"phone": "13800000001"}).headers["location"] == ENTER
    assert visitor.post(ENTER, {"code": texts.code}).headers["location"] == "/signin/closed/"
    assert visitor.get("/signin/closed/").status_code == 200
    assert who(visitor) is None


def test_signing_up_is_the_same_page(visitor):
    assert visitor.get("/signin/signup/").headers["location"] == ASK


def test_the_number_changes_only_with_the_new_code(cast, client_for, texts):
    client = client_for("王秀英")
    assert client.get("/signin/phone/").status_code == 200
    client.post("/signin/phone/", {"phone": "13911112222"})
    person = cast.persons["王秀英"]
    assert services.phone_of(person) == ("+8613800000001", True)
    assert client.get("/signin/phone/code/").status_code == 200
    client.post("/signin/phone/code/", {"action": "verify", "code": texts.code})
    assert services.phone_of(person) == ("+8613911112222", True)


def test_the_code_for_a_new_number_is_sent_again_twice_at_most(cast, client_for, texts):
    client, enter = client_for("王秀英"), "/signin/phone/code/"
    client.post("/signin/phone/", {"phone": "13911112222"})
    for sent in (2, 3):
        assert 'value="resend"' in client.get(enter).content.decode()
        refused = client.post(enter, {"action": "resend"}, follow=True).content.decode()
        assert "请等一分钟" in refused
        assert len(texts) == sent - 1, "one a minute"
        cache.clear()
        client.post(enter, {"action": "resend"})
        assert len(texts) == sent
    cache.clear()
    assert 'value="resend"' not in client.get(enter).content.decode()
    client.post(enter, {"action": "resend"})
    assert len(texts) == 3
    client.post(enter, {"action": "verify", "code": texts.code})
    assert services.phone_of(cast.persons["王秀英"]) == ("+8613911112222", True)


def test_without_a_gateway_a_second_code_says_so_and_loses_nothing(cast, client_for, texts, monkeypatch):
    client, enter = client_for("王秀英"), "/signin/phone/code/"
    client.post("/signin/phone/", {"phone": "13911112222"})
    first = texts.code
    cache.clear()

    def down(*args, **values):
        raise Unavailable("busy")

    monkeypatch.setattr(texts, "send", down, raising=False)
    assert "短信没有发出去" in client.post(enter, {"action": "resend"}, follow=True).content.decode()
    client.post(enter, {"action": "verify", "code": first})
    assert services.phone_of(cast.persons["王秀英"]) == ("+8613911112222", True)


def test_anothers_number_is_neither_given_nor_revealed(cast, client_for, texts):
    client = client_for("王秀英")
    answer = client.post("/signin/phone/", {"phone": "13800000002"})
    assert answer.headers["location"] == "/signin/phone/code/"
    page = client.post("/signin/phone/code/", {"action": "verify", "code": texts.code}).content.decode()
    assert "id_code_error" in page
    assert services.phone_of(cast.persons["王秀英"]) == ("+8613800000001", True)
    assert services.account_by_phone("+8613800000002") == cast.accounts["李桂芳"]

"""The adapter against a real server: what arrives, what is tried again, what never is."""

from __future__ import annotations

import json
import threading
import time

import gateway as gateways
import httpx
import pytest

from shanzhi.foundation.messages.channels import NoChannel, Refused, Sent, Unavailable, console, sms
from shanzhi.foundation.messages.channels.http import HttpSmsProvider

PHONE, QUICK = "13800000000", httpx.Timeout(0.3)


def test_a_message_arrives_signed_and_once(gateway):
    provider = gateway.provider()
    assert provider.send(PHONE, "验证码 1234 😀", key="k1") == Sent("gw-k1")
    assert provider.send("+86 138-0000-0000", "验证码 1234 😀", key="k1") == Sent("gw-k1")
    assert gateway.messages == {"k1": {"to": "+8613800000000", "text": "验证码 1234 😀"}}
    assert gateway.requests == 2
    assert gateway.headers[0]["Idempotency-Key"] == "k1"


def test_same_key_other_text_is_refused_for_good(gateway):
    gateway.provider().send(PHONE, "one", key="k")
    with pytest.raises(Refused, match="409, key-reused"):
        gateway.provider().send(PHONE, "two", key="k")


@pytest.mark.parametrize("status", [500, 502, 503, 504, 401, 402, 403, 404, 408, 429, 302, 100 + 99])
def test_the_gateways_own_faults_are_tried_again(gateway, status):
    gateway.script = [status]
    with pytest.raises(Unavailable):
        gateway.provider(timeout=QUICK).send(PHONE, "x", key="k")
    assert gateway.provider().send(PHONE, "x", key="k").reference == "gw-k"


@pytest.mark.parametrize("status", [400, 409, 410, 413, 422])
def test_what_is_wrong_with_the_message_is_not(gateway, status):
    gateway.script = [status]
    with pytest.raises(Refused, match=f"{status}, code-{status}"):
        gateway.provider().send(PHONE, "x", key="k")


def test_a_wrong_token_or_secret_sends_nothing(gateway):
    for options in ({"token": "other"}, {"secret": "other"}):
        with pytest.raises(Unavailable, match="401"):
            gateway.provider(**options).send(PHONE, "x", key="k")
    assert gateway.messages == {}


def test_silence_is_not_waited_for(gateway):
    told = threading.Event()
    gateway.script = [lambda handler, body: told.wait(20) and None]
    began = time.monotonic()
    with pytest.raises(Unavailable, match="in time"):
        gateway.provider(timeout=QUICK).send(PHONE, "x", key="k")
    told.set()
    assert time.monotonic() - began < 15


def test_an_answer_lost_after_acceptance_does_not_double(gateway):
    def accept_then_drop(handler, body):
        gateway.messages[handler.headers["Idempotency-Key"]] = json.loads(body)
        handler.connection.close()
        return "dropped"

    gateway.script = [accept_then_drop]
    with pytest.raises(Unavailable):
        gateway.provider().send(PHONE, "x", key="k")
    assert gateway.provider().send(PHONE, "x", key="k") == Sent("gw-k")
    assert len(gateway.messages) == 1


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b"null", b"\xff", b'{"id": "' + b"x" * 70_000 + b'"}'])
def test_answers_that_make_no_sense_are_tried_again(gateway, body):
    gateway.script = [lambda handler, _: handler.answer(200, body)]
    with pytest.raises(Unavailable):
        gateway.provider().send(PHONE, "x", key="k")


def test_problems_never_repeat_the_number(gateway):
    gateway.script = [lambda handler, _: handler.answer(422, {"error": "bad number!", "message": PHONE})]
    with pytest.raises(Refused) as caught:
        gateway.provider().send(PHONE, "x", key="k")
    assert PHONE not in str(caught.value)
    assert "badnumber" in str(caught.value)


def test_nobody_listening_is_tried_again():
    with gateways.running() as gone:
        provider = gone.provider(timeout=QUICK)
    with pytest.raises(Unavailable, match="reached"):
        provider.send(PHONE, "x", key="k")


@pytest.mark.parametrize("phone", ["", "12345", "1380000000x", "+0123456789", "138000000000000000"])
def test_what_is_no_number_is_refused_at_once(gateway, phone):
    with pytest.raises(Refused):
        gateway.provider().send(phone, "x", key="k")
    assert gateway.requests == 0


def test_which_provider_serves(settings):
    settings.SHANZHI_SMS_URL, settings.SHANZHI_DEMO = "", False
    assert not sms.sms_available()
    with pytest.raises(NoChannel) as caught:
        sms.sms_provider()
    assert caught.value.status == 503
    settings.SHANZHI_DEMO = True
    assert isinstance(sms.sms_provider(), console.ConsoleSmsProvider)
    settings.SHANZHI_SMS_URL = "https://gateway.example/messages"
    assert isinstance(sms.sms_provider(), HttpSmsProvider)


def test_the_console_shows_once_and_forgets(capsys):
    console.forget()
    provider = console.ConsoleSmsProvider()
    for _ in range(2):
        provider.send(PHONE, "验证码 1234", key="k")
    assert capsys.readouterr().out.count("1234") == 1
    for number in range(30):
        provider.send(PHONE, str(number), key=str(number))
    assert [shown.text for shown in console.last_messages()][:2] == ["29", "28"]
    assert len(console.last_messages()) == console.KEEP
    console.forget()


def test_a_masked_number_keeps_its_secret():
    assert sms.masked("+8613812345678") == "138****5678"
    assert sms.masked("123") == "****"

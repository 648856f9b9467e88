"""The second step: setting it up, being asked, recovery codes, turning it off."""

import re

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from cast import PASSWORD

LOGIN = "/signin/password/"


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(name="zhangwei") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.post(LOGIN, {"login": name, "password": PASSWORD})
    return client


def set_up(client) -> str:
    assert client.get("/signin/second/app/").headers["location"].startswith("/signin/again/")
    client.post("/signin/again/", {"password": PASSWORD})
    page = client.get("/signin/second/app/").content.decode()
    secret = re.search(r'data-copy="([A-Z2-7]+)"', page)[1]
    assert f"<code>{secret[:4]} {secret[4:8]} " in page  # to be typed off
    answer = client.post("/signin/second/app/", {"code": code_for(secret)})
    assert answer.headers["location"] == "/signin/second/codes/"
    return secret


def test_the_whole_way(cast):
    client = sign_in()
    assert client.get("/signin/second/").status_code == 200
    secret = set_up(client)
    codes = re.findall(r"<li><code>(\w+)</code>", client.get("/signin/second/codes/").content.decode())
    assert len(codes) == 10
    assert codes[0] in client.get("/signin/second/codes/download/").content.decode()
    assert secret not in str(Authenticator.objects.get(type="totp").data)

    again = Client()
    answer = again.post(LOGIN, {"login": "zhangwei", "password": PASSWORD})
    assert answer.headers["location"].startswith("/signin/second/step/")
    assert again.get("/signin/me/").status_code == 302
    assert again.get("/signin/second/step/").status_code == 200
    assert "_error" in again.post("/signin/second/step/", {"code": "000000x"}).content.decode()
    assert again.post("/signin/second/step/", {"code": codes[0]}).headers["location"] == "/signin/home/"
    assert again.get("/signin/me/").status_code == 200

    third = sign_in()
    assert "_error" in third.post("/signin/second/step/", {"code": codes[0]}).content.decode()


def test_a_code_by_phone_is_asked_for_the_second_step_too(cast, texts):
    set_up(sign_in("wangxiuying"))
    client = Client()
    client.post("/signin/", {"phone": "13800000001"})
    answer = client.post("/signin/code/", {"code": texts.code})
    assert answer.headers["location"].startswith("/signin/second/step/")


def test_turning_it_off_asks_again_who_it_is(cast, settings):
    client = sign_in()
    set_up(client)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    answer = client.get("/signin/second/app/off/")
    assert answer.headers["location"].startswith("/signin/again/")
    assert client.get("/signin/again/").status_code == 200
    assert client.get("/signin/second/again/").status_code == 200
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    client.post("/signin/again/", {"password": PASSWORD})
    assert client.get("/signin/second/app/off/").status_code == 200
    client.post("/signin/second/app/off/")
    assert not Authenticator.objects.exists()


def test_new_recovery_codes_replace_the_old(cast):
    client = sign_in()
    set_up(client)
    old = client.get("/signin/second/codes/download/").content
    assert client.get("/signin/second/codes/new/").status_code == 200
    client.post("/signin/second/codes/new/")
    assert client.get("/signin/second/codes/download/").content != old


def test_a_wrong_first_code_turns_nothing_on(cast):
    client = sign_in()
    client.post("/signin/again/", {"password": PASSWORD})
    client.get("/signin/second/app/")
    assert "_error" in client.post("/signin/second/app/", {"code": "12"}).content.decode()
    assert not Authenticator.objects.exists()

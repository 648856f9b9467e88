"""Passwords, their limits, and changing them."""

import pytest
from django.test import Client

from cast import PASSWORD
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.registers.people import services as people

LOGIN = "/signin/password/"


def who(client):
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("login", ["zhangwei", "13800000011", "+86 138 0000 0011"])
def test_user_name_or_number(cast, visitor, login):
    answer = visitor.post(LOGIN, {"login": login, "password": PASSWORD})
    assert answer.headers["location"] == "/signin/home/"
    assert who(visitor) == str(cast.accounts["张伟"].pk)


@pytest.mark.parametrize("login", ["zhangwei", "nobody", "13800000011", "13999999999"])
def test_wrong_ones_do_not_say_which_and_keep_the_name(cast, visitor, login):
    answer = visitor.post(LOGIN, {"login": login, "password": "wrong"})
    page = answer.content.decode()
    assert "do not belong together" in page
    assert f'value="{login}"' in page or f'value="+86{login}"' in page
    assert who(visitor) is None


def test_missing_fields_are_named(visitor):
    page = visitor.post(LOGIN, {}).content.decode()
    assert "id_login_error" in page
    assert "id_password_error" in page


def test_five_wrong_tries_close_the_door_for_a_while(cast, visitor):
    for _ in range(5):
        visitor.post(LOGIN, {"login": "zhangwei", "password": "wrong"})
    page = visitor.post(LOGIN, {"login": "zhangwei", "password": PASSWORD}).content.decode()
    assert "Too many tries" in page
    assert who(visitor) is None
    neighbour = Client()
    neighbour.post(LOGIN, {"login": "hemin", "password": PASSWORD})
    assert who(neighbour)


def test_limits_have_a_clear_page(cast, visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    visitor.post(LOGIN, {"login": "zhangwei", "password": "wrong"})
    answer = visitor.post(LOGIN, {"login": "zhangwei", "password": "wrong"})
    assert answer.status_code == 429
    assert "Please wait a little" in answer.content.decode()


def test_next_is_followed_only_within_the_house(cast, visitor):
    for target, where in (("/desk/?box=mine", "/desk/?box=mine"), ("https://evil.example/", "/signin/home/")):
        client = Client()
        answer = client.post(LOGIN, {"login": "chenjing", "password": PASSWORD, "next": target})
        assert answer.headers["location"] == where


def test_a_new_password_signs_out_elsewhere(cast, client_for):
    here, there = client_for("张伟"), client_for("张伟")
    fresh = "a-river-of-ink-9"
    assert here.get("/signin/password/change/").status_code == 200
    here.post("/signin/password/change/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    assert here.get("/signin/me/").status_code == 200
    assert there.get("/signin/me/").status_code == 302
    newcomer = Client()
    newcomer.post(LOGIN, {"login": "zhangwei", "password": fresh})
    assert who(newcomer)


@pytest.mark.parametrize(
    ("new", "again"),
    [("short", "short"), ("1234567890", "1234567890"), ("password", "password"), ("a-b-c-d-e-1", "other-one-2")],
)
def test_weak_or_unequal_passwords_are_refused(cast, client_for, new, again):
    client = client_for("张伟")
    answer = client.post("/signin/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": again})
    assert answer.status_code == 200
    assert "_error" in answer.content.decode()


def test_a_resident_without_a_password_chooses_one(cast, client_for):
    account = cast.accounts["王秀英"]
    account.set_unusable_password()
    account.save()
    client = client_for("王秀英")
    assert client.get("/signin/password/change/").headers["location"] == "/signin/password/new/"
    assert client.get("/signin/password/new/").status_code == 200
    client.post("/signin/password/new/", {"password1": "plum-rain-42", "password2": "plum-rain-42"})
    account.refresh_from_db()
    assert account.check_password("plum-rain-42")


def test_signing_out(client_for):
    client = client_for("张伟")
    assert client.get("/signin/out/").status_code == 200
    client.post("/signin/out/")
    assert who(client) is None


def test_an_officer_without_a_number_signs_in_with_a_user_name(db):
    people.create_person(name="林青", by=SYSTEM, username="lin.qing", password="long enough 7")
    client = Client()
    answer = client.post("/signin/password/", {"login": "lin.qing", "password": "long enough 7"})
    assert answer.headers["location"] == "/signin/home/"
    assert client.get("/signin/home/").status_code == 302

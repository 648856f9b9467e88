"""Sessions are listed and can be ended, one by one or all others."""

from allauth.usersessions.models import UserSession
from django.test import Client

from cast import PASSWORD
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal.services import as_actor
from shanzhi.registers.people.models import Person

WECHAT = "Mozilla/5.0 (Linux; Android 14) Chrome/126 MicroMessenger/8.0.49"


def sign_in(name="zhangwei", agent=WECHAT) -> Client:
    client = Client(headers={"user-agent": agent, "accept-language": "en"})
    client.post("/signin/password/", {"login": name, "password": PASSWORD})
    client.get("/signin/me/")
    return client


def session_of(client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def test_one_can_be_ended(cast):
    here, there = sign_in(), sign_in(agent="Mozilla/5.0 (iPhone) Safari/605")
    page = here.get("/signin/sessions/").content.decode()
    assert "WeChat · Android" in page
    assert "Safari · iPhone" in page
    here.post("/signin/sessions/", {"session": session_of(there).pk})
    assert there.get("/signin/me/").status_code == 302
    assert here.get("/signin/me/").status_code == 200


def test_a_demonstrations_session_is_one_like_others(cast, settings):
    settings.SHANZHI_DEMO = True
    with as_actor(SYSTEM):
        Person.objects.filter(id=cast.persons["张伟"]).update(synthetic=True)
    client = Client(headers={"user-agent": WECHAT, "accept-language": "en"})
    client.post("/signin/demo/", {"account": cast.accounts["张伟"].pk})
    assert session_of(client).user_id == cast.accounts["张伟"].pk
    assert "WeChat · Android" in client.get("/signin/sessions/").content.decode()
    session_of(client).end()
    assert client.get("/signin/me/").status_code == 302


def test_all_others_can_be_ended(cast):
    here, others = sign_in(), [sign_in() for _ in range(3)]
    here.post("/signin/sessions/")
    assert [client.get("/signin/me/").status_code for client in others] == [302] * 3
    assert here.get("/signin/me/").status_code == 200


def test_nobody_ends_anothers(cast):
    mine, theirs = sign_in(), sign_in("hemin")
    for wanted in (session_of(theirs).pk, "x", "99999999999999999999"):
        assert mine.post("/signin/sessions/", {"session": wanted}).status_code == 404
    assert theirs.get("/signin/me/").status_code == 200

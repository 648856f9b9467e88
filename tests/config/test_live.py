"""Streams: only for the session that the page was made for, for a quarter of an hour, and not beyond the session's end."""

import asyncio
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from config import live as module
from config.live import Live
from shanzhi.foundation.base.actor import NOBODY
from shanzhi.kit.live import STREAM_SECONDS, stream_address


def address(rf, key="", **what):
    request = rf.get("/")
    request.session = SessionStore(key or None)
    request.actor = NOBODY
    return stream_address(request, **(what or {"paths": ["99/"]}))


def scope(path, cookie=""):
    headers = [(b"cookie", f"a=b; sessionid={cookie}".encode())] if cookie else []
    return {"type": "http", "path": path, "headers": headers}


def admitted(live, path, cookie=""):
    return asyncio.run(live.admit(scope(path, cookie)))


@pytest.fixture
def alive(monkeypatch):
    keys = {"the-session"}
    monkeypatch.setattr(module, "_alive", lambda wanted: keys & set(wanted))
    return keys


def test_the_pages_own_session_hears(rf, alive):
    listener = admitted(Live(), address(rf, "the-session"), "the-session")
    assert listener.watches("99/01/")
    assert not listener.watches("98/")


def test_no_other_session_hears_with_the_same_address(rf, alive):
    path = address(rf, "the-session")
    alive.add("anothers")
    assert admitted(Live(), path, "anothers") is None
    assert admitted(Live(), path) is None
    assert admitted(Live(), "/sse/made-up", "the-session") is None


def test_an_ended_session_is_refused(rf, alive):
    path = address(rf, "the-session")
    alive.clear()
    assert admitted(Live(), path, "the-session") is None


def test_a_visitor_without_a_session_hears_what_the_page_gave(rf, alive):
    assert admitted(Live(), address(rf)).session == ""


def test_an_address_lives_a_quarter_of_an_hour(rf, alive, monkeypatch):
    path = address(rf, "the-session")
    later = time.time() + STREAM_SECONDS + 1
    monkeypatch.setattr(module.time, "time", lambda: later)
    assert admitted(Live(), path, "the-session") is None


def run_stream(live, path, cookie, meanwhile):
    async def go():
        sent, never = [], asyncio.Event()

        async def send(message):
            sent.append(message)

        async def receive():
            await never.wait()

        stream = asyncio.create_task(live(scope(path, cookie), receive, send))
        while not live.listeners and not stream.done():
            await asyncio.sleep(0.001)
        await meanwhile(live)
        await asyncio.wait_for(stream, 5)
        return sent

    return asyncio.run(go())


def test_a_session_that_ends_ends_its_streams(rf, alive):
    async def ended_elsewhere(live):
        alive.clear()
        await live.end_the_ended()

    sent = run_stream(Live(), address(rf, "the-session"), "the-session", ended_elsewhere)
    assert sent[0]["status"] == 200
    assert sent[-1] == {"type": "http.response.body", "body": b"event: renew\ndata: \n\n", "more_body": False}


def test_a_stream_ends_with_its_address_and_asks_to_renew(rf, alive, monkeypatch):
    clock = [time.time()]
    monkeypatch.setattr(module.time, "time", lambda: clock[0])
    monkeypatch.setattr(module, "PING_SECONDS", 0.01)

    async def a_quarter_of_an_hour_passes(live):
        await asyncio.sleep(0.03)
        assert len(live.listeners) == 1
        clock[0] += STREAM_SECONDS

    sent = run_stream(Live(), address(rf, "the-session"), "the-session", a_quarter_of_an_hour_passes)
    assert b": ping\n\n" in [message.get("body") for message in sent]
    assert b"renew" in sent[-1]["body"]


def test_which_sessions_are_alive(db, monkeypatch):
    monkeypatch.setattr(module.connection, "close", lambda: None)
    store = SessionStore()
    store["x"] = 1
    store.save()
    old = SessionStore()
    old.save()
    Session.objects.filter(session_key=old.session_key).update(expire_date=timezone.now() - timedelta(days=1))
    assert module._alive([store.session_key, old.session_key, "nobody"]) == {store.session_key}

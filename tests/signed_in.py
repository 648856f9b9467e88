"""Signed in without the ways in, which have tests of their own: session and browser stand as after the first request."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from shanzhi.doors.signin.middleware import SEEN
from shanzhi.registers.people.sessions import SessionStore

BOTH = """WITH kept AS (INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%(key)s, %(data)s, %(until)s))
INSERT INTO usersessions_usersession (user_id, created_at, ip, last_seen_at, session_key, user_agent, data)
VALUES (%(user)s, %(now)s, '127.0.0.1', %(now)s, %(key)s, '', '{}')"""


def sign_in(client: Client, account: Any) -> Client:
    """One statement, where `force_login` and the first request take a dozen."""
    key, now = get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789"), timezone.now()
    said = {
        SESSION_KEY: str(account.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: account.get_session_auth_hash(),
        SEEN: int(now.timestamp()),
    }
    values = {
        "key": key, "data": SessionStore().encode(said), "until": now + timedelta(seconds=settings.SESSION_COOKIE_AGE),
        "user": account.pk, "now": now,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(BOTH, values)
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client

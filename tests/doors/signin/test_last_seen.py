"""When a session was last used is written at most every ten minutes, and when it was, the next page counts from there."""

from datetime import timedelta

import time_machine
from allauth.usersessions.models import UserSession
from django.utils import timezone

from shanzhi.doors.signin.middleware import EVERY_SECONDS


def test_it_is_written_again_after_ten_minutes(client_for):
    client, now = client_for("王秀英"), timezone.now()
    session = UserSession.objects.get()
    for seconds, wanted in ((EVERY_SECONDS - 5, False), (EVERY_SECONDS + 5, True)):
        later = now + timedelta(seconds=seconds)
        with time_machine.travel(later, tick=False):
            client.get("/")
        session.refresh_from_db()
        assert (session.last_seen_at >= later) is wanted

"""When and from where a session was last used, kept to ten minutes: writing it on every page would cost each page five statements."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

SEEN, EVERY_SECONDS = "seen", 600


class LastSeenMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.session
        if session.session_key and request.user.is_authenticated:
            now = int(time.time())
            if now - session.get(SEEN, 0) > EVERY_SECONDS:
                session[SEEN] = now
                UserSession.objects.create_from_request(request)
        return self.get_response(request)

"""Security headers for every answer; refusals of commands as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse

from shanzhi.foundation.base.refusals import Refusal

from .context import tile_host
from .errors import bad_request, only_sent, wrong_method
from .refusals import answer, of_api, wants_json

Get = Callable[[HttpRequest], HttpResponse]
PERMISSIONS = (
    "geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), serial=(), midi=(), "
    "browsing-topics=(), accelerometer=(), gyroscope=(), magnetometer=(), display-capture=()"
)


def policy() -> str:
    """The content security policy. No inline script or style: a stored text can never become code."""
    tiles = tile_host()
    rules = {
        "default-src": "'self'",
        "img-src": f"'self' data: blob: {tiles}",
        "connect-src": f"'self' {tiles}",
        "worker-src": "'self' blob:",
        "script-src": "'self'",
        "style-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value.strip()}" for name, value in rules.items())


class SecurityMiddleware:
    def __init__(self, get_response: Get) -> None:
        self.get_response = get_response
        self.policy = policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code == 500):  # Django's own fault report has its style inline
            response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in response.cookies:
            # May be somebody's own matters: on a shared computer "back" must not show them after signing out.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class RefusalMiddleware:
    def __init__(self, get_response: Get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405:
            if wants_json(request) and (request.method != "GET" or of_api(request)):
                return wrong_method(request, response)
            if request.method == "GET" and not response.content:
                return only_sent(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return answer(request, exception)
        # PostgreSQL's texts hold no zero byte, and no person types one: a scanner's request, not our fault.
        if isinstance(exception, (ValueError, DataError)) and "NUL" in str(exception):
            return bad_request(request, exception)
        return None

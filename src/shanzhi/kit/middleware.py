"""Security headers for every answer; refusals of commands as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from shanzhi.foundation.base.refusals import Refusal

from .context import tile_host
from .refusals import answer

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
        return response


class RefusalMiddleware:
    def __init__(self, get_response: Get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer(request, exception) if isinstance(exception, Refusal) else None

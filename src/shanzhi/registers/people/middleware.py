"""Puts who acts on the request: asked for the first time, one statement; never asked, none."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from shanzhi.foundation.base.actor import NOBODY, Actor

from .queries import actor_for

ACTING = "acting-post"  # session key: the post chosen to act in


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.__class__ = knowing(type(request))
        return self.get_response(request)


@cache
def knowing(kind: type[HttpRequest]) -> type[HttpRequest]:
    """The request class with a lazy `actor`. A real Actor, not a proxy: dataclasses.replace refuses proxies."""
    actor = cached_property(actor_of_request)
    made = type(kind.__name__, (kind,), {"actor": actor, "__module__": kind.__module__})
    actor.__set_name__(made, "actor")
    return made


def actor_of_request(request: HttpRequest) -> Actor:
    """Never kept beyond the request: an ended post or a revoked session counts from the next page on."""
    if not request.user.is_authenticated:
        return NOBODY
    chosen = request.session.get(ACTING)
    return actor_for(request.user, acting=UUID(chosen) if chosen else None)

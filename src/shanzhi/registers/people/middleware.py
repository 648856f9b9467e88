"""Puts who acts on the request: known from the session's statement, else one of its own; never asked, none."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, cached_property
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from shanzhi.foundation.base.actor import NOBODY, Actor

from .posts import actor_in
from .queries import actor_for, marked_live
from .sessions import holder_of

ACTING = "acting-post"  # session key: the post chosen to act in
VISITOR, FOLLOWS = "visitor", "follows"
MOST_FOLLOWED = 100


class ActorRequest(HttpRequest):
    """What views get: for annotations only."""

    actor: Actor


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.__class__ = knowing(type(request))  # type: ignore[arg-type]
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
    known = NOBODY
    if request.user.is_authenticated:
        chosen = request.session.get(ACTING)
        acting = UUID(chosen) if chosen else None
        held = holder_of(request, request.user.pk)
        known = actor_for(request.user, acting=acting) if held is None else marked_live(actor_in(held, acting))
    visitor, follows = request.session.get(VISITOR, ""), request.session.get(FOLLOWS, ())
    if not visitor and not follows:
        return known
    return replace(known, visitor=visitor, follows=frozenset(map(UUID, follows)))


def know_visitor(request: HttpRequest) -> None:
    """From now on this browser is told from others, so that its photos and drafts stay its own. Says nothing of who it is."""
    if not request.session.get(VISITOR):
        request.session[VISITOR] = secrets.token_hex(16)
        request.__dict__.pop("actor", None)


def let_follow(request: HttpRequest, cases: Iterable[UUID]) -> None:
    """Cases opened by their secret link stay open to this session."""
    known = request.session.get(FOLLOWS, [])
    request.session[FOLLOWS] = [*dict.fromkeys([*known, *map(str, cases)])][-MOST_FOLLOWED:]
    request.__dict__.pop("actor", None)

"""Posts with wide sight ask for a second factor: until it is set up, every page leads to setting it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.registers.people import queries as people

# Setting it up, signing out, and what every page needs.
OPEN = ("/signin/", "/i18n/", "/kit/", "/static/", "/sw.js", "/manifest.webmanifest", "/offline/")
EVERY_POST = "posts"


def asked_of(actor: Actor) -> bool:
    """By the playbook (`second-factor: required` at a role), or of all posts where the house says so."""
    if not actor.posts or (settings.SHANZHI_DEMO and actor.synthetic):
        return False
    if settings.SHANZHI_SECOND_FACTOR == EVERY_POST:
        return True
    known = ((people.roles_at(post.place).get(post.role)) for post in actor.posts)
    return any(role is not None and role.second_factor == "required" for role in known)


def has_one(account: Any) -> bool:
    return Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists()


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.path.startswith(OPEN) or not request.user.is_authenticated:
            return None
        if not asked_of(request.actor) or has_one(request.user):
            return None
        if request.path.startswith("/api/"):
            title = _("Set up the second step of signing in first.")
            return JsonResponse({"title": title, "status": 403}, status=403, content_type="application/problem+json")
        return HttpResponseRedirect(reverse("signin:second-needed"))

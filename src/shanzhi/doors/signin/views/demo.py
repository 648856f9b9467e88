"""Signing in as a synthetic person with one tap. Exists only in a demonstration, and never for a real person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shanzhi.foundation.base.refusals import NotFound
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places


@dataclass(frozen=True, slots=True)
class Listed:
    account: UUID
    username: str
    name: str
    role: str
    where: str
    group: str = ""  # the county that goes its own way, and by what


def listed() -> list[Listed]:
    """The city's people, then those of each county that goes by a playbook of its own."""
    return [_listed(person) for person in people.demo_people()] if settings.SHANZHI_DEMO else []


def _listed(person: Any) -> Listed:
    if person.post is None:
        return Listed(person.account, person.username, person.name, _("Resident"), "", _group(person))
    role = people.role_title(person.post.role, person.post.place)
    where = places.full_name(person.post.place) if person.post.place.level in {"community", "grid", "microgrid"} else ""
    where = where or pick(person.post.unit.name)
    return Listed(person.account, person.username, person.name, role, where, _group(person))


def _group(person: Any) -> str:
    if person.own_way is None:
        return ""
    return people.way_of(person.own_way)


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    try:
        wanted = UUID(request.POST.get("account", ""))
    except ValueError:
        wanted = None
    account = people.synthetic_account(wanted) if settings.SHANZHI_DEMO and wanted else None
    if account is None:
        raise NotFound(_("There is no such person here."))
    if request.user.is_authenticated:
        logout(request)
    # Not allauth's own flow: its stages would ask the made-up person to prove a telephone number.
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, account, method="demonstration")
    UserSession.objects.create_from_request(request)
    return redirect(get_next_redirect_url(request) or reverse("signin:home"))

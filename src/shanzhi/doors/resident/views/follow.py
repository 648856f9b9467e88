"""Ways to a report: the secret link, the page after sending, and the number in a notice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shanzhi.doors.resident.pages import page
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import HeldPost
from shanzhi.kit.casepage import labels_of, title_of
from shanzhi.programmes.reporting import queries as reporting
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest, let_follow
from shanzhi.registers.places import queries as places

# The page of a case in each door for those on duty; the same division as where signing in leads.
PAGES = {"worker": "worker:task", "desk": "desk:case", "department": "department:case"}
ON_FOOT = {"grid", "microgrid"}
OVERSEEING = {"centre", "committee", "desk"}


@never_cache
@require_safe
def follow(request: ActorRequest, token: str) -> HttpResponse:
    found = reporting.followed(token, by=request.actor)
    let_follow(request, found.by.follows)
    return _private(redirect("resident:one", found.case.id))


@never_cache
@require_safe
def sent_with_link(request: ActorRequest, token: str) -> HttpResponse:
    """After sending without an account: the only time that the link is shown by us, so it must be kept now."""
    found = reporting.followed(token, by=request.actor)
    let_follow(request, found.by.follows)
    link = request.build_absolute_uri(reverse("resident:follow", args=[token]))
    return _private(_sent(request, found.case, {"link": link, "subscribed": found.relation == "subscriber"}))


@never_cache
@require_safe
def sent(request: ActorRequest, id: UUID) -> HttpResponse:
    return _sent(request, casework.access_case(id, by=request.actor), {})


def _sent(request: ActorRequest, case: Any, values: dict[str, Any]) -> HttpResponse:
    by = request.actor
    values |= {
        "case": case,
        "sentence": casework.sentence(case, by),
        "title": title_of(case),
        "labels": labels_of(case),
        "place": places.full_name(case.place, 3) if case.synthetic else places.marked_name(case.place, 3),
    }
    return page(request, "sent", values, tab="report")


@require_safe
def case(request: ActorRequest, number: str) -> HttpResponse:
    """The one well-known address of a case: leads each reader to the page of their own door."""
    by = request.actor
    found = casework.access_case(number, by=by)
    if casework.audience_of(found, by) == "staff" and by.posts:
        return redirect(PAGES[_door(by.post or by.posts[0])], found.id)
    return redirect("resident:one", found.id)


def _door(post: HeldPost) -> str:
    if places.place(post.place).level in ON_FOOT:
        return "worker"
    return "desk" if people.unit(post.unit).kind in OVERSEEING else "department"


def _private(response: HttpResponse) -> HttpResponse:
    """The address holds the secret: it must reach neither another site nor a search engine.

    Not "no-referrer": browsers then call the origin of the page's own forms "null", which no check accepts.
    """
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

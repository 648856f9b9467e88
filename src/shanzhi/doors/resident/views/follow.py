"""Ways to a report: the secret link, the page after sending, and the number in a notice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shanzhi.doors.resident.pages import page
from shanzhi.engines.casework import queries as casework
from shanzhi.kit.casepage import title_of
from shanzhi.programmes.reporting import queries as reporting
from shanzhi.registers.people.middleware import let_follow
from shanzhi.registers.places import queries as places

DESK, WORK = (
    ("dispatcher", "checker", "city-coordinator", "county-organiser", "street-officer"),
    ("grid-worker", "community-secretary"),
)


@never_cache
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    found = reporting.followed(token, by=request.actor)  # type: ignore[attr-defined]
    let_follow(request, found.by.follows)
    return _private(redirect("resident:one", found.case.id))


@never_cache
@require_safe
def sent_with_link(request: HttpRequest, token: str) -> HttpResponse:
    """After sending without an account: the only time that the link is shown by us, so it must be kept now."""
    found = reporting.followed(token, by=request.actor)  # type: ignore[attr-defined]
    let_follow(request, found.by.follows)
    link = request.build_absolute_uri(reverse("resident:follow", args=[token]))
    return _private(_sent(request, found.case, {"link": link, "subscribed": found.relation == "subscriber"}))


@never_cache
@require_safe
def sent(request: HttpRequest, id: UUID) -> HttpResponse:
    return _sent(request, casework.access_case(id, by=request.actor), {})  # type: ignore[attr-defined]


def _sent(request: HttpRequest, case: Any, values: dict[str, Any]) -> HttpResponse:
    by = request.actor  # type: ignore[attr-defined]
    values |= {
        "case": case,
        "sentence": casework.sentence(case, by),
        "title": title_of(case),
        "place": places.full_name(case.place, 3),
    }
    return page(request, "sent", values, tab="report")


@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The one well-known address of a case: leads each reader to the page of their own door."""
    by = request.actor  # type: ignore[attr-defined]
    found = casework.access_case(number, by=by)
    if casework.audience_of(found, by) == "staff":
        roles = {post.role for post in by.posts if found.place.path.startswith(post.place_path)}
        for door, fits in (("desk", roles & {*DESK}), ("worker", roles & {*WORK}), ("department", True)):
            address = _case_page(door, found.id) if fits else ""
            if address:
                return HttpResponseRedirect(address)
    return redirect("resident:one", found.id)


def _case_page(door: str, id: UUID) -> str:
    try:
        return reverse(f"{door}:case", args=[id])
    except NoReverseMatch:
        return ""


def _private(response: HttpResponse) -> HttpResponse:
    """The address holds the secret: it must reach neither another site nor a search engine."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

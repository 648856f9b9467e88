"""Territory as the desk sees it: what lies below, who holds which posts, which codes hang there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Denied, Invalid, Refusal
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.casepage import on_duty, outlines_for
from shanzhi.registers.codes import queries as codes
from shanzhi.registers.codes import services as code_services
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

MOST_VACANT = 12
FIRST_POSTS = 8
FEW_MORE = 3  # not worth a button
VACANCY_LEVELS = {"county", "street", "community", "grid", "microgrid"}


@require_safe
@on_duty
def home(request: ActorRequest) -> HttpResponse:
    """The place of the post that the actor acts in."""
    post = request.actor.post or request.actor.posts[0]
    return HttpResponseRedirect(reverse("desk:place", args=[post.place]))


@require_safe
@on_duty
def place(request: ActorRequest, id: UUID) -> HttpResponse:
    by, here = request.actor, _covered(request.actor, id)
    below = places.children(here.id)
    vacant = _vacancies(here)
    values = {
        "place": here,
        "name": places.full_name(here, 2),
        "above": [one for one in reversed(places.above(here)[1:]) if _covers(by, one)],
        "below": _with_counts(below, here, by),
        "posts": (posts := _posts(here, by))[: (first := _first(len(posts)))],
        "more_posts": posts[first:],
        "vacant": vacant[:MOST_VACANT],
        "vacant_more": max(len(vacant) - MOST_VACANT, 0),
        "codes": codes.codes_in(here.path, limit=60),
        "may_issue": codes.may_issue(by, here.path),
        "open": _open(by, here.path),
        "all_open": f"{reverse('desk:search')}?which=open&place={here.id}",
        "outlines": reverse("desk:place-outlines", args=[here.id]),
        "points": f"{reverse('desk:search-points')}?which=open&place={here.id}",
        "nav": "places",
    }
    return render(request, "desk/place.html", values)


@require_safe
@on_duty
def outlines(request: ActorRequest, id: UUID) -> JsonResponse:
    return JsonResponse(outlines_for(request.actor, _covered(request.actor, id)))


@require_POST
@on_duty
def issue(request: ActorRequest, id: UUID) -> HttpResponse:
    """One code for the place itself; its label may be given."""
    here = _covered(request.actor, id)
    typed = request.POST.get("label", "").strip()
    label = {"zh-hans": typed} if typed else places.display_names(here)
    try:
        made = code_services.issue(kind="place", place=here.id, label=label, by=request.actor)
    except Invalid as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Code %(token)s was issued.") % {"token": made.shown})
    return HttpResponseRedirect(reverse("desk:place", args=[here.id]) + "#codes")


@require_safe
@on_duty
def sheet(request: ActorRequest, id: UUID) -> HttpResponse:
    here = _covered(request.actor, id)
    found = codes.codes_in(here.path)
    if not found:
        raise Invalid({"codes": [_("No codes have been issued here yet, so there is nothing to print.")]})
    response = HttpResponse(codes.sheet_pdf(found, request.build_absolute_uri("/")), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="codes-{here.code}.pdf"'
    return response


def _covered(by: Actor, id: UUID) -> Any:
    here = places.place(id)
    if not _covers(by, here):
        raise Denied(_("Your posts do not cover this place."))
    return here


def _covers(by: Actor, place: Any) -> bool:
    return any(place.path.startswith(post.place_path) for post in by.posts)


def _with_counts(below: list[Any], here: Any, by: Actor) -> list[tuple[Any, str, int]]:
    """Each place below with its open cases; one statement for all."""
    rows = casework.duty_cases(by).filter(closed_at=None, place__path__startswith=here.path).order_by()
    numbers: dict[str, int] = {one.path: 0 for one in below}
    for row in rows.values("place__path").annotate(n=Count("id")):
        for path in numbers:
            if row["place__path"].startswith(path):
                numbers[path] += row["n"]
                break
    return [(one, places.marked(places.display_name(one), one), numbers[one.path]) for one in below]


def _open(by: Actor, path: str) -> int:
    return casework.duty_cases(by).filter(closed_at=None, place__path__startswith=path).count()


def _first(all: int) -> int:
    """How many of so many show at once."""
    return all if all <= FIRST_POSTS + FEW_MORE else FIRST_POSTS


def _posts(here: Any, by: Actor) -> list[dict[str, Any]]:
    held = list(people.valid_posts().filter(place_id=here.id).order_by("role", "since")[:100])
    names = people.display_names([post.person_id for post in held], for_=by)
    return [
        {
            "name": names[post.person_id],
            "role": people.role_title(post.role, here),
            "unit": pick(post.unit.name),
            "synthetic": post.synthetic,
        }
        for post in held
    ]


def _vacancies(here: Any) -> list[dict[str, str]]:
    if here.level not in VACANCY_LEVELS:
        return []
    try:
        found = people.vacancies(casework.text_at(here), here.id)
    except Refusal:
        return []
    named = places.places({one.place for one in found})
    return [
        {
            "role": pick(one.title) or people.role_title(one.role, one.place),
            "unit": pick(one.unit.name),
            "place": places.marked_name(named[one.place], 2),
        }
        for one in found
    ]

"""My grid: its map, its open cases, who else works here, its codes."""

from __future__ import annotations

from math import log2
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shanzhi.doors.worker import duty
from shanzhi.doors.worker.cards import cards, href
from shanzhi.doors.worker.pages import page
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Denied
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.casepage import box_of, on_duty, outlines_for, points_of
from shanzhi.registers.codes import queries as codes
from shanzhi.registers.codes import services as code_services
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

PHONE = 320  # pixels of the map
FIRST, MOST_CODES, MOST_PEOPLE = 10, 200, 30


def chosen(request: ActorRequest) -> tuple[Any, list[Any]]:
    """The place asked for with ?place=, and all places of the actor's posts. Denied for the place of another's post."""
    by: Actor = request.actor
    mine = places.places({post.place for post in by.posts})
    asked = request.GET.get("place") or request.POST.get("place")
    if not asked:
        return mine[by.post.place if by.post else by.posts[0].place], list(mine.values())
    found = next((one for one in mine.values() if str(one.id) == asked), None)
    if found is None:
        raise Denied(_("This place is not one of your posts."))
    return found, list(mine.values())


@never_cache
@require_safe
@on_duty
def grid(request: ActorRequest) -> HttpResponse:
    place, mine = chosen(request)
    by = request.actor
    open_ = duty.around(by).filter(place__path__startswith=place.path)
    held = codes.codes_in(place.path, limit=MOST_CODES)
    center, zoom = sight(place)
    values = {
        "place": place,
        "name": places.full_name(place, 3),
        "options": [(str(one.id), places.marked(places.display_name(one), one)) for one in mine],
        "number": open_.count(),
        "cards": cards(open_[:FIRST]),
        "parts": parts_of(place),
        "center": center,
        "zoom": zoom,
        "people": colleagues(by, place),
        "codes": [{"said": pick(code.label), "shown": code.shown} for code in held[:FIRST]],
        "place_id": str(place.id),
        "code_number": len(held),
        "may_issue": codes.may_issue(by, place.path)
        and not any(code.kind == "place" and code.place_id == place.id for code in held),
    }
    return page(request, "grid", values, tab="grid")


def parts_of(place: Any) -> list[str]:
    """Names of a grid's micro-grids, without the grid's own name before each."""
    if place.level != places.Level.GRID:
        return []
    whole = places.display_name(place)
    return [places.display_name(part).removeprefix(whole).removeprefix(" · ") for part in places.children(place.id)]


def sight(place: Any) -> tuple[str, float]:
    """Centre ("lon,lat") and zoom at which all of the place fits on a phone; empty where it has no boundary."""
    box = places.extent(place.id)
    if box is None:
        return "", 13
    west, south, east, north = box
    wide = max(east - west, (north - south) * 1.1, 0.001)
    return f"{(west + east) / 2:.5f},{(south + north) / 2:.5f}", round(log2(PHONE * 360 / (512 * wide)), 1)


def colleagues(by: Actor, place: Any) -> list[tuple[str, str, str]]:
    """(name, what they are, where) of the actor's units who work in this place or over it."""
    posts = [
        post
        for unit in by.units()
        for post in people.posts_in(unit)
        if post.person_id != by.person
        and (post.place.path.startswith(place.path) or place.path.startswith(post.place.path))
    ][:MOST_PEOPLE]
    names = people.display_names([post.person_id for post in posts], for_=by)
    roles = people.roles_at(place.id)
    return [
        (
            names[post.person_id],
            people.title_among(roles, post.role, post.place) if post.role in roles else "",
            places.display_name(post.place),
        )
        for post in posts
    ]


@require_safe
@on_duty
def points(request: ActorRequest) -> JsonResponse:
    place, _mine = chosen(request)
    cases = duty.around(request.actor).filter(place__path__startswith=place.path)
    return JsonResponse(points_of(cases, href, box_of(request)))


@require_safe
@on_duty
def outlines(request: ActorRequest) -> JsonResponse:
    """The place and its parts: of a grid its micro-grids."""
    place, _mine = chosen(request)
    response = JsonResponse(outlines_for(request.actor, place))
    response["Cache-Control"] = "private, max-age=600"
    return response


@require_safe
@on_duty
def sheet(request: ActorRequest) -> HttpResponse:
    """The codes of the place, to print and put up."""
    place, _mine = chosen(request)
    held = codes.codes_in(place.path, limit=MOST_CODES)
    response = HttpResponse(codes.sheet_pdf(held, request.build_absolute_uri("/")), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="codes-{place.code}.pdf"'
    return response


@require_POST
@on_duty
def issue(request: ActorRequest) -> HttpResponse:
    """A code for the place itself, if it has none yet: asked for twice it is still one."""
    place, _mine = chosen(request)
    if not any(code.place_id == place.id for code in codes.codes_in(place.path, kind="place", limit=MOST_CODES)):
        code_services.issue(
            kind="place", place=UUID(str(place.id)), label=places.display_names(place), by=request.actor
        )
        messages.success(request, _("The code is there. Print it and put it up where people pass."))
    return HttpResponseRedirect(f"{reverse('worker:grid')}?place={place.id}#codes")

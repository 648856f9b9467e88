"""Reporting: photo, place, what it is, send. One form; with scripts it asks one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shanzhi.doors.resident import catalogue, draft
from shanzhi.doors.resident.city import city
from shanzhi.doors.resident.draft import MOST_PHOTOS, Draft
from shanzhi.doors.resident.pages import page
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Invalid, NotFound, Refusal
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.limits import count
from shanzhi.programmes.patrol import queries as patrol
from shanzhi.programmes.reporting import queries as reporting
from shanzhi.programmes.reporting import services
from shanzhi.registers.codes import queries as codes
from shanzhi.registers.evidence import queries as evidence
from shanzhi.registers.people.middleware import ActorRequest, know_visitor, let_follow
from shanzhi.registers.places import queries as places

PER_HOUR, PER_HOUR_FROM_ADDRESS = 20, 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ActorRequest) -> HttpResponse:
    know_visitor(request)
    if request.method != "POST":
        return form(request, Draft(new_id(), code=request.GET.get("code", "")[:40]))
    wanted = draft.read(request.POST)
    try:
        count(request, "report", most=PER_HOUR, most_from_address=PER_HOUR_FROM_ADDRESS)
        wanted = draft.with_files(wanted, request.FILES.getlist("plain"), request.actor)
        wanted = draft.with_place(wanted)
        draft.checked(wanted)
        if not wanted.another and (alike := known(wanted)):
            return page(request, "known", {"draft": wanted, "alike": alike}, tab="report")
        return sent(request, wanted)
    except Invalid as refusal:
        return form(request, wanted, refusal.fields, status=422)
    except Refusal as refusal:
        return form(request, wanted, {"": [refusal.message]}, status=refusal.status)


def known(wanted: Draft) -> list[reporting.Neighbour]:
    if wanted.about.given:  # a neighbour's broken lamp is never the same as a complaint about a unit
        return []
    place = wanted.place
    position = wanted.position
    if wanted.code and place is None:
        spot = reporting.spot_of_code(wanted.code)
        place = spot.place.id
        if spot.lon is not None and spot.lat is not None:
            position = services.Position(spot.lon, spot.lat)
    found = reporting.known_already(
        category=wanted.category or None, position=position, place=place, words=wanted.words
    )
    # Sent already, and the answer was lost on the way: not a neighbour's.
    return [] if any(one.case == wanted.id for one in found) else found


def sent(request: ActorRequest, wanted: Draft) -> HttpResponse:
    by = request.actor
    done = services.report(
        id=wanted.id, by=by, words=wanted.words, category=wanted.category or None, position=wanted.position, place=wanted.place,
        code=wanted.code, spot=wanted.spot, files=wanted.photos, name=wanted.name, phone=wanted.phone,
        subject_unit=wanted.about.unit,
    )  # fmt: skip
    if not done.follow_token:
        return HttpResponseRedirect(reverse("resident:sent", args=[done.case.id]))
    let_follow(request, reporting.followed(done.follow_token, by=by).by.follows)
    return HttpResponseRedirect(reverse("resident:sent-with-link", args=[done.follow_token]))


def form(
    request: ActorRequest, wanted: Draft, errors: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    here = city()
    at = places.maybe(wanted.place)
    fixed = _fixed(wanted)
    ground = wanted.place or (fixed.place.id if fixed else None)
    values = {
        "draft": wanted,
        "city": here,
        "photos": _photos(request, wanted),
        "most_photos": MOST_PHOTOS,
        "place_text": places.marked_name(at, 3) if at else "",
        "fixed": fixed,
        "fixed_name": pick(fixed.label) if fixed else "",
        "fixed_place": places.marked_name(fixed.place, 3) if fixed else "",
        "offered": catalogue.offered(wanted.words, ground, request.actor, wanted.category),
        "shelves": catalogue.shelves(ground, request.actor),
        "center": _center(here),
        "errors": errors or {},
        "whole": (errors or {}).get("", []),
        "choices": [(row.id, places.marked_name(row, 3)) for row in wanted.choices],
    }
    return page(request, "report", values, tab="report", status=status)


def _fixed(wanted: Draft) -> Any:
    try:
        return codes.scanned(wanted.code) if wanted.code else None
    except NotFound:
        return None


def _photos(request: ActorRequest, wanted: Draft) -> list[dict[str, Any]]:
    rows = []
    for id in wanted.photos:
        try:
            file = evidence.access_file(id, by=request.actor, may=lambda _file: False)
        except NotFound:
            continue
        rows.append({"id": file.id, "thumb": evidence.url(file, "thumb")})
    return rows


def _center(here: Any) -> str:
    at = places.positions([here.place.id]).get(here.place.id) if here else None
    return f"{at[0]:.5f},{at[1]:.5f}" if at else ""


@require_POST
def suggestions(request: ActorRequest) -> HttpResponse:
    """What the words make likely, as choices. POST because the words of a report belong in no address."""
    wanted = draft.read(request.POST)
    fixed = _fixed(wanted)
    place = wanted.place or (fixed.place.id if fixed else None)
    by = request.actor
    values = {
        "offered": catalogue.offered(wanted.words, place, by, wanted.category),
        "shelves": catalogue.shelves(place, by),
    }
    return render(request, "resident/parts/suggestions.html", values)


@never_cache
@require_safe
def scanned(request: ActorRequest, token: str) -> HttpResponse:
    """A code on a lamp post or a door: the place is known already. One out of use, or not ours, says so and leads on without it."""
    know_visitor(request)
    try:
        code = codes.scanned(token)
    except NotFound as refusal:
        return page(request, "unknown", {"refusal": refusal}, tab="report", status=refusal.status)
    if code.retired_at is not None:
        return page(
            request, "retired", {"code": code, "place": places.marked_name(code.place, 3)}, tab="report", status=410
        )
    if code.kind == "point" and (night := patrol.night_of(code.id)):
        off = patrol.standing(night) == "off"
        to = reverse("resident:call", args=[night.id]) if off else reverse("resident:call-here", args=[code.token])
        return HttpResponseRedirect(to)
    return form(request, replace(Draft(new_id()), code=code.token))

"""What I see on my round: photo, place, what it is; and done already, if it was put right at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shanzhi.doors.worker.cards import href
from shanzhi.doors.worker.pages import page
from shanzhi.doors.worker.reporting import MOST_PHOTOS, Seen, fix_of, read, send
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Invalid, NotFound, Refusal
from shanzhi.kit.casepage import on_duty
from shanzhi.programmes.reporting import queries as reporting
from shanzhi.registers.evidence import queries as evidence
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

WORDS = 500  # more of a long text changes no suggestion
GROUND = (places.Level.GRID, places.Level.MICROGRID)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@on_duty
def report(request: ActorRequest) -> HttpResponse:
    by = request.actor
    if request.method != "POST":
        ground = next((post.place for post in by.posts if places.place(post.place).level in GROUND), None)
        return form(request, Seen(place=ground))
    seen = read(request.POST)
    try:
        case = send(seen, by, fix_of(by))
    except Invalid as refusal:
        return form(request, seen, refusal.fields, status=422)
    except Refusal as refusal:
        return form(request, seen, {"": [refusal.message]}, status=refusal.status)
    text = _("Reported and closed (%(number)s).") if case.final else _("Reported (%(number)s).")
    messages.success(request, text % {"number": case.number})
    return HttpResponseRedirect(f"{href(case)}?sent={seen.id}")


def form(
    request: ActorRequest, seen: Seen, errors: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    by = request.actor
    wrong = {name: texts for name, texts in (errors or {}).items() if name}
    if "files" in wrong:
        wrong["photos"] = wrong.pop("files")
    at = places.maybe(seen.place)
    post = by.post or by.posts[0]
    middle = places.positions([post.place]).get(post.place)
    values = {
        "seen": seen,
        "fix": fix_of(by),
        "errors": wrong,
        "whole": (errors or {}).get("", []),
        "photos": kept(seen.photos, by),
        "after": kept(seen.after, by),
        "most": MOST_PHOTOS,
        "place_text": places.marked_name(at, 3) if at else "",
        "center": f"{middle[0]:.5f},{middle[1]:.5f}" if middle else "",
        "shelves": shelves(seen.place or post.place, by),
        "suggested": suggested(seen, by),
    }
    return page(request, "report", values, tab="report", status=status)


def shelves(place: Any, by: Actor) -> list[Any]:
    try:
        return reporting.categories_at(place, by=by, source="worker")
    except Refusal:
        return []


def suggested(seen: Seen, by: Actor) -> list[reporting.Kind]:
    place = seen.place or (by.post or by.posts[0]).place
    words = seen.words[:WORDS]
    try:
        return reporting.suggest(words, place=place, by=by, source="worker") if words.strip() else []
    except Refusal:
        return []


def kept(ids: tuple[Any, ...], by: Actor) -> list[dict[str, Any]]:
    """Photos uploaded before a refusal; only the sender's own."""
    rows = []
    for id in ids:
        try:
            file = evidence.access_file(id, by=by, may=lambda _file: False)
        except NotFound:
            continue
        rows.append({"id": str(file.id), "thumb": evidence.url(file, "thumb")})
    return rows


@require_POST
@on_duty
def suggestions(request: ActorRequest) -> HttpResponse:
    """What the words make likely. POST because the words of a report belong in no address."""
    seen = read(request.POST)
    values = {"suggested": suggested(seen, request.actor), "seen": seen}
    return render(request, "worker/parts/suggested.html", values)

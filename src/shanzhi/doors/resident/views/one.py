"""One report: how it stands, what happened, what I can do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shanzhi.doors.resident.deeds import Deed, deeds_of
from shanzhi.doors.resident.draft import MOST_PHOTOS
from shanzhi.doors.resident.pages import page
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.small_groups import shown
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.casepage import title_of, tone_of, view_of
from shanzhi.kit.live import stream_address
from shanzhi.kit.shapes import Entry
from shanzhi.programmes.reporting import services
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest, let_follow
from shanzhi.registers.places import queries as places


@never_cache
@require_safe
def one(request: ActorRequest, id: UUID) -> HttpResponse:
    case = casework.access_case(id, by=request.actor)
    fresh = casework.parts_for(case, request.actor) - request.actor.follows
    if fresh:  # divided since the link was opened
        let_follow(request, fresh)
    do = request.GET.get("do", "")
    return detail(request, case, tried=next(iter(deeds_of(case, request.actor, only=do)), None) if do else None)


def detail(
    request: ActorRequest, case: Any, *, tried: Deed | None = None, refusal: Any = None, status: int = 200
) -> HttpResponse:
    """`tried`: an action that was refused, with what was typed, or is asked for by `?do=`; shown open, with the reason."""
    by = request.actor
    deeds = deeds_of(case, by)
    if tried is not None:
        deeds = [tried if deed.action == tried.action else deed for deed in deeds]
        if all(deed.action != tried.action for deed in deeds):
            deeds.append(tried)
    view, at = view_of(case, by), _point(case)
    rate = next((deed for deed in deeds if deed.effect == "rate" and not deed.why_not), None)
    rated = casework.rated(case, by) if rate else None
    if rate and rated and not rated.past and not rate.form.is_bound:
        rate.form.initial = dict(rated.fields)
    answer = _answer(deeds, view.ladder)
    values = {
        "case": case,
        "view": view,
        "entries": list(_lines(view.entries)),
        "others": shown(casework.following(case.id)),
        "hands": [one for one in casework.hands_of(case, by) if case.final or not one.past],
        "parts": _parts(case, by),
        "more": [deed for deed in deeds if deed.effect != "rate" and not (answer and deed.action == answer.action)],
        "rate": rate,
        "answer": answer,
        "rated": rated,
        "tried": tried,
        "rating_again": rate is not None and tried is rate,
        "refusal": refusal,
        "subject": _subject(case, by),
        "stream": stream_address(request, about=[case.id], private=True),
        "key": new_id(),
        "most_photos": MOST_PHOTOS,
        "center": f"{at[0]:.5f},{at[1]:.5f}" if at else "",
        "outline": f"{reverse('api:outline')}?lon={at[0]:.5f}&lat={at[1]:.5f}" if at else reverse("api:outline"),
    }
    return page(request, "one", values, tab="reports", status=status)


def _subject(case: Any, by: Any) -> str:
    """The unit complained about, for who complained alone: they see whether the right one was understood."""
    own = by.person in case.reporters if by.person else case.reporter_party in by.follows
    return pick(people.unit(case.subject_unit_id).name) if case.subject_unit_id and own else ""


def _answer(deeds: list[Deed], ladder: Any) -> Deed | None:
    """The form by which a side says yes or no, beside the questions; filled in with the step that the other side has agreed to."""
    found = next((deed for deed in deeds if deed.effect == "consent"), None)
    if found and ladder and not found.form.is_bound:
        found.form.initial = {"step": ladder.asked.action if ladder.asked else ""}
        found = replace(found, waits=ladder.asked is not None)
    return found


def _parts(case: Any, by: Any) -> list[dict[str, Any]]:
    """The matters into which this one was divided, and the whole that this one is a part of."""
    return [
        {
            "whole": how == "parent",
            "case": one,
            "title": title_of(one),
            "state": casework.state_title(one),
            "tone": tone_of(one),
        }
        for how, one in casework.related(case, by)
        if how in ("parent", "child")
    ]


def _lines(entries: list[Entry]) -> Iterator[Entry]:
    """The story without what the page shows larger above it: the first photos and the slider."""
    for entry in entries:
        files = [entry.after] if entry.after else () if entry is entries[-1] else entry.files
        yield replace(entry, files=files, before=None, after=None)


def _point(case: Any) -> tuple[float, float] | None:
    return (case.lon, case.lat) if case.lon is not None else places.positions([case.place_id]).get(case.place_id)


@never_cache
@require_safe
def record(request: ActorRequest, id: UUID) -> HttpResponse:
    by = request.actor
    case = casework.access_case(id, by=by)
    response = HttpResponse(services.record_pdf(case=case.id, by=by), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{case.number}.pdf"'
    return response


@never_cache
@require_safe
def spot(request: ActorRequest, id: UUID) -> JsonResponse:
    """Where it is, for the map of the page: one point, or none."""
    case = casework.access_case(id, by=request.actor)
    at = _point(case)
    features = []
    if at:
        about = {"title": title_of(case), "tone": tone_of(case)}
        features = [
            {
                "type": "Feature",
                "id": str(case.id),
                "properties": about,
                "geometry": {"type": "Point", "coordinates": at},
            }
        ]
    return JsonResponse({"type": "FeatureCollection", "features": features})

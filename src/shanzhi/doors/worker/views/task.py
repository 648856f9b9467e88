"""One task: what, where, until when, and the one thing to do next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shanzhi.doors.worker.cards import href
from shanzhi.doors.worker.deeds import ordered
from shanzhi.doors.worker.pages import page
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.casepage import (
    Attempt,
    carry_out,
    declare_interest,
    nearness,
    on_duty,
    outlines_around,
    panel_of,
    point_of,
    show_reporter,
    view_of,
)
from shanzhi.kit.live import stream_address
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

# What one does as a resident with one's own report belongs to the resident's door.
PRIVATE = ("rate", "withdraw")


@never_cache
@require_safe
@on_duty
def task(request: ActorRequest, id: UUID) -> HttpResponse:
    found = casework.access_case(id, by=request.actor)
    if found.source == "schedule" and "do" not in request.GET and casework.procedure_of(found).layout == "order":
        return redirect("worker:round", id=found.id)  # a round is walked item by item
    return show(request, found)


def show(request: ActorRequest, case: Any, attempt: Attempt | None = None, seen: Any = None) -> HttpResponse:
    """The case with its next step; with `?do=` or after a refusal the form of that step, alone."""
    by, chosen = request.actor, request.GET.get("do", "")
    panel = panel_of(
        case, by, chosen=chosen, attempt=attempt, photos=case.waits_for == "handler", leave_out=PRIVATE,
        suggested=casework.route(case) if case.waits_for == "desk" and not case.final else None,
    )  # fmt: skip
    base = href(case)
    catalogue = casework.catalogue_of(case.version_id)
    item = catalogue.item(case.category) if catalogue and case.category else None
    closing = pick(item.closing) if item and item.closing else ""
    values = {"case": case, "panel": panel, "closing": closing, "base": base, "view": view_of(case, by)}
    opened = {panel.open.offer.action, panel.open.offer.name} if panel.open else ()
    if panel.open and (attempt or chosen in opened):
        return page(request, "deed", values | {"next_url": base}, tab="tasks")
    at = (case.lon, case.lat) if case.lon is not None else places.positions([case.place_id]).get(case.place_id)
    others = ordered(case, panel.others)
    # Where the text names no obvious step, the likeliest on the spot is the big button.
    first = panel.open.offer if panel.open else others.pop(0) if others else None
    values |= {
        "first": first,
        "at_once": panel.open is not None and not panel.open.form.fields and not required(panel.open),
        "others": others,
        "hands": [(one, panel.hands.get(one.id, ())) for one in casework.hands_of(case, by)],
        "at": at,
        "exact": case.lon is not None,
        "may_recuse": casework.may_recuse(case, by),
        "nearness": nearness(),
        "page_url": base,
        "hidden": casework.may_see_reporter(case, by),
        "following": casework.following(case.id),
        "stream": stream_address(request, about=[case.id]),
        "subject": pick(people.unit(case.subject_unit_id).name) if case.subject_unit_id else "",
        "seen": seen,
        "sent": request.GET.get("sent", "")[:36],
    }
    return page(request, "task", values, tab="tasks")


def required(deed: Any) -> bool:
    return any(picker.required for picker in deed.pickers)


@require_POST
@on_duty
def act(request: ActorRequest, id: UUID, noun: str) -> HttpResponse:
    by = request.actor
    found = casework.access_case(id, by=by)

    def again(attempt: Attempt) -> HttpResponse:
        return show(request, casework.access_case(id, by=by), attempt)

    # The page after tells the browser which draft arrived, so that it can be thrown away.
    done = f"{href(found)}?sent={UUID(key)}" if is_id(key := request.POST.get("key", "")) else href(found)
    return carry_out(request, found.id, noun, done=done, again=again)


@require_POST
@on_duty
def reporter(request: ActorRequest, id: UUID) -> HttpResponse:
    """Who reported: with a reason, and written into that person's log."""
    found = casework.access_case(id, by=request.actor)
    return show_reporter(request, found, page=lambda seen: show(request, found, seen=seen))


@require_POST
@on_duty
def interest(request: ActorRequest, id: UUID) -> HttpResponse:
    return declare_interest(request, id, done=reverse("worker:tasks"))


def is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_safe
@on_duty
def where(request: ActorRequest, id: UUID) -> JsonResponse:
    by = request.actor
    return JsonResponse(point_of(casework.access_case(id, by=by), by, href))


@require_safe
@on_duty
def around(request: ActorRequest, id: UUID) -> JsonResponse:
    return JsonResponse(outlines_around(casework.access_case(id, by=request.actor).place))

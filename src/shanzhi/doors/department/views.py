"""A unit's own door: its inbox, its cases. What may be done with them, casework says."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from shanzhi.doors.department import boxes
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.texts import listed, pick
from shanzhi.kit.casepage import (
    Attempt,
    box_of,
    carry_out,
    declare_interest,
    on_duty,
    outlines_around,
    outlines_for,
    point_of,
    points_of,
    rows_of,
    show_reporter,
    staff_page,
)  # fmt: skip
from shanzhi.kit.live import stream_address
from shanzhi.kit.paging import Onward
from shanzhi.programmes.reporting import services as reporting
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest

PAGE = 30


def href(case: Any) -> str:
    return reverse("department:case", args=[case.id])


def chosen_box(request: ActorRequest, first: str = "new") -> str:
    box = request.GET.get("box", "")
    return box if box in boxes.titles() else first


@require_safe
@on_duty
def inbox(request: ActorRequest) -> HttpResponse:
    by = request.actor
    counts = boxes.counts(by)
    # Nothing new: begin with what is in one's own hands.
    box = chosen_box(request, "new" if counts["new"] or not counts["mine"] else "mine")
    numbers = {name: boxes.shown(number) for name, number in counts.items()}
    page = Onward(boxes.listed(by, box), PAGE).get_page(request.GET.get("page"))
    units = people.units(ids=by.units())
    values = {
        "box": box,
        "options": [(name, title, numbers[name]) for name, title in boxes.titles().items()],
        "numbers": numbers,
        "heading": boxes.titles()[box],
        "units": listed(pick(unit.name) for unit in units),
        "page": page,
        "rows": rows_of(page.object_list, href, by, duty=by),
        "points": f"{reverse('department:points')}?box={box}",
        "own_unit": True,
        "stream": stream_address(request, paths=[post.place_path for post in by.posts]),
    }
    return render(request, "department/inbox.html", values)


@require_safe
@on_duty
def points(request: ActorRequest) -> JsonResponse:
    by = request.actor
    return JsonResponse(points_of(boxes.listed(by, chosen_box(request)), href, box_of(request), by))


@require_safe
@on_duty
def outlines(request: ActorRequest) -> JsonResponse:
    response = JsonResponse(outlines_for(request.actor))
    response["Cache-Control"] = "private, max-age=3600"
    return response


def show(request: ActorRequest, case: Any, attempt: Attempt | None = None, **more: Any) -> HttpResponse:
    base = href(case)
    values = staff_page(request, case, base=base, attempt=attempt) | more
    values |= {"where_url": f"{base}where.json", "around_url": f"{base}around.json"}
    return render(request, "department/case.html", values)


@require_safe
@on_duty
def case(request: ActorRequest, id: UUID) -> HttpResponse:
    return show(request, casework.access_case(id, by=request.actor))


@require_POST
@on_duty
def action(request: ActorRequest, id: UUID, noun: str) -> HttpResponse:
    def again(attempt: Attempt) -> HttpResponse:
        return show(request, casework.access_case(id, by=request.actor), attempt)

    found = casework.access_case(id, by=request.actor)
    return carry_out(request, found.id, noun, done=href(found), again=again)


@require_POST
@on_duty
def reporter(request: ActorRequest, id: UUID) -> HttpResponse:
    found = casework.access_case(id, by=request.actor)
    return show_reporter(request, found, page=lambda seen: show(request, found, seen=seen))


@require_POST
@on_duty
def interest(request: ActorRequest, id: UUID) -> HttpResponse:
    return declare_interest(request, id, done=reverse("department:inbox"))


@require_safe
@on_duty
def where(request: ActorRequest, id: UUID) -> JsonResponse:
    by = request.actor
    return JsonResponse(point_of(casework.access_case(id, by=by), by, href))


@require_safe
@on_duty
def around(request: ActorRequest, id: UUID) -> JsonResponse:
    return JsonResponse(outlines_around(casework.access_case(id, by=request.actor).place))


@require_safe
@on_duty
def record(request: ActorRequest, id: UUID) -> HttpResponse:
    found = casework.access_case(id, by=request.actor)
    response = HttpResponse(reporting.record_pdf(case=id, by=request.actor), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response

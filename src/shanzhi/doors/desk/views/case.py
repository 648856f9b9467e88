"""One case in one view, and the actions on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from shanzhi.doors.desk.templatetags.desk import saved_nav
from shanzhi.engines.casework import queries as casework
from shanzhi.kit.casepage import (
    Attempt,
    carry_out,
    declare_interest,
    on_duty,
    outlines_around,
    point_of,
    show_reporter,
    staff_page,
)  # fmt: skip
from shanzhi.kit.shell import framed
from shanzhi.programmes.reporting import services as reporting
from shanzhi.registers.people.middleware import ActorRequest

from .inbox import address, href


def show(request: ActorRequest, case: Any, attempt: Attempt | None = None, **more: Any) -> HttpResponse:
    base = href(case)
    values = staff_page(request, case, base=base, attempt=attempt) | more
    values |= {"where_url": f"{base}where.json", "around_url": f"{base}around.json"}
    view = values["view"]
    holes = {
        "title": view.title,
        "place": view.place,
        "spot": case.spot,
        "number": case.number,
        "own_filters": saved_nav({"actor": request.actor}),
    }
    return HttpResponse(framed(request, "desk/case.html", "kit/casepage/full.html", values, holes))


@require_safe
@on_duty
def case(request: ActorRequest, id: UUID) -> HttpResponse:
    return show(request, casework.access_case(id, by=request.actor, page=True))


@require_POST
@on_duty
def action(request: ActorRequest, id: UUID, noun: str) -> HttpResponse:
    def again(attempt: Attempt) -> HttpResponse:
        return show(request, casework.access_case(id, by=request.actor), attempt)

    return carry_out(request, id, noun, done=_next(request) or address(id), again=again)


@require_POST
@on_duty
def reporter(request: ActorRequest, id: UUID) -> HttpResponse:
    found = casework.access_case(id, by=request.actor)
    return show_reporter(request, found, page=lambda seen: show(request, found, seen=seen))


@require_POST
@on_duty
def interest(request: ActorRequest, id: UUID) -> HttpResponse:
    return declare_interest(request, id, done=reverse("desk:inbox"))


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


def _next(request: ActorRequest) -> str:
    wanted = request.POST.get("next", "")
    own = wanted.startswith(reverse("desk:inbox"))
    return wanted if own and url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else ""

"""The inbox: what needs a decision now, on top, beside the map."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanzhi.doors.desk import boxes, pending
from shanzhi.kit.casepage import box_of, lead_of, on_duty, outlines_for, points_of, quick, rows_of
from shanzhi.kit.live import stream_address
from shanzhi.kit.paging import Onward
from shanzhi.registers.people.middleware import ActorRequest

PAGE = 50


def href(case) -> str:
    return address(case.id)


def address(id: UUID) -> str:
    before, after = _address()
    return f"{before}{id}{after}"


@cache
def _address() -> tuple[str, str]:
    """What stands before and after the id: lists ask for fifty addresses."""
    nil = UUID(int=0)
    before, after = reverse("desk:case", args=[nil]).split(str(nil))
    return before, after


def chosen_box(request: ActorRequest, titles: Iterable[str]) -> str:
    """Else the first: whoever decides nothing at the desk begins with what there is to check."""
    box = request.GET.get("box", "")
    return box if box in titles else next(iter(titles))


@require_safe
@on_duty
def inbox(request: ActorRequest) -> HttpResponse:
    by, titles = request.actor, boxes.titles(request.actor)
    box, options = chosen_box(request, titles), boxes.options(by, titles)
    page = Onward(boxes.pages(by, box), PAGE).get_page(request.GET.get("page"))
    cases = page.object_list if box in boxes.DESK else ()
    steps = {str(one.id): words for one in cases if (words := quick.words(one, by))}
    recent = pending.recent(by)
    return render(
        request,
        "desk/inbox.html",
        {
            "box": box,
            "options": options,
            "numbers": {name: number for name, _title, number in options},
            "waiting": options[0][2],
            "heading": titles[box],
            "page": page,
            "rows": rows_of(page.object_list, href, duty=by),
            "quick": steps,
            "leads": {id: lead for one in cases if (id := str(one.id)) not in steps and (lead := lead_of(one, by))},
            "points": f"{reverse('desk:points')}?box={box}",
            "stream": stream_address(request, paths=[post.place_path for post in by.posts]),
            "pick": True,
            "pending": recent,
            "held": pending.held(recent),
            "here": request.get_full_path(),
            "nav": "inbox",
        },
    )


@require_safe
@on_duty
def points(request: ActorRequest) -> JsonResponse:
    box = chosen_box(request, boxes.titles(request.actor))
    return JsonResponse(points_of(boxes.listed(request.actor, box), href, box_of(request)))


@require_safe
@on_duty
def outlines(request: ActorRequest) -> JsonResponse:
    """What the actor's posts cover, one level down. It changes rarely: the browser may keep it for an hour."""
    response = JsonResponse(outlines_for(request.actor))
    response["Cache-Control"] = "private, max-age=3600"
    return response

"""Search in all that the actor may see, and take it along as a table."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shanzhi.doors.desk import export, filters, pending, saved
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.casepage import box_of, on_duty, points_of, rows_of
from shanzhi.kit.live import stream_address
from shanzhi.kit.paging import Onward
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

from .inbox import href

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@on_duty
def search(request: ActorRequest) -> HttpResponse:
    by, asked = request.actor, filters.asked(request.GET, request.actor)
    page = Onward(filters.pages(by, asked), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    if asked.text and len(rows) == 1 and rows[0].number == asked.text.upper():
        return HttpResponseRedirect(href(rows[0]))
    query = saved.tidy(request.GET)
    mine = saved.saved_of(by)
    recent = pending.recent(by)
    return render(
        request,
        "desk/search.html",
        {
            "q": asked.text,
            "asked": asked,
            "fields": filters.fields(by),
            "place_name": places.marked_name(asked.place, 2) if asked.place else asked.values["place"],
            "unit_name": pick(asked.unit.name) if asked.unit else "",
            "page": page,
            "rows": rows_of(rows, href, duty=by),
            "query": query,
            "points": f"{reverse('desk:search-points')}?{query}",
            "pick": True,
            "stream": stream_address(request, paths=[post.place_path for post in by.posts]),
            "pending": recent,
            "held": pending.held(recent),
            "here": request.get_full_path(),
            "saved": mine,
            "called": next((one.name for one in mine if one.query == query), ""),
            "nav": "search",
        },
    )


@require_safe
@on_duty
def points(request: ActorRequest) -> JsonResponse:
    return JsonResponse(points_of(filters.found(request.actor, request.GET), href, box_of(request)))


@require_safe
@on_duty
def table(request: ActorRequest, kind: str) -> HttpResponseBase:
    found = filters.found(request.actor, request.GET)
    made = export.as_csv(found) if kind == "csv" else export.as_xlsx(found)
    response = StreamingHttpResponse(made, content_type="text/csv; charset=utf-8" if kind == "csv" else XLSX)
    response["Content-Disposition"] = f'attachment; filename="cases-{today():%Y%m%d}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response

"""How the day goes: for co-ordinators and leaders, and for everyone else in their own place."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanzhi.doors.desk import flow
from shanzhi.doors.desk.lateness import late_cases
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.texts import listed
from shanzhi.kit.casepage import on_duty
from shanzhi.kit.live import stream_address
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

from .inbox import href


@require_safe
@on_duty
def today(request: ActorRequest) -> HttpResponse:
    by = request.actor
    covered, days = places.places({post.place for post in by.posts}).values(), flow.by_day(by)
    figures, late = flow.flow(by, days), flow.late(by)
    late_all = next(one.value for one in figures if one.tone == "urgent")
    return render(
        request,
        "desk/today.html",
        {
            "figures": figures,
            "stages": flow.by_stage(by),
            "days": days,
            "late": late,
            "late_all": late_all,
            "shared": sum(row["n"] for row in late) > late_all,
            "cases": late_cases(by, href),
            "at": now(),
            "where": listed(places.full_name(one) for one in covered),
            "stream": stream_address(request, paths=[post.place_path for post in by.posts]),
            "nav": "today",
        },
    )

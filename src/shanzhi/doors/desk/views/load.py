"""Who is working on what, in the actor's places."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanzhi.doors.desk.load import by_unit
from shanzhi.kit.casepage import on_duty
from shanzhi.registers.people.middleware import ActorRequest

PAGE = 40


@require_safe
@on_duty
def load(request: ActorRequest) -> HttpResponse:
    found = by_unit(request.actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/load.html", {"units": page.object_list, "page": page, "nav": "load"})

"""Posts that the playbook wants filled and nobody holds."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanzhi.doors.administration.guard import appointing
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

PAGE = 50


@require_safe
@appointing
def vacant(request: ActorRequest) -> HttpResponse:
    found: dict[Any, Any] = {}
    for number, one in enumerate(_all(request)):
        found[(one.unit.id, one.role, one.place, number)] = one
    page = Paginator(list(found.values()), PAGE).get_page(request.GET.get("page"))
    named = places.places({one.place for one in page.object_list})
    rows = [
        {
            "role": pick(one.title) or people.role_title(one.role, one.place), "key": one.role, "unit": pick(one.unit.name),
            "unit_id": one.unit.id, "place_id": one.place, "place": places.marked_name(named[one.place], 2),
        }
        for one in page.object_list
    ]  # fmt: skip
    return render(request, "administration/vacant.html", {"rows": rows, "page": page, "nav": "vacant"})


def _all(request: ActorRequest) -> list[Any]:
    tops = sorted({post.place_path: post.place for post in people.appointing(request.actor)}.items())
    widest = [
        (path, id) for path, id in tops if not any(path != other and path.startswith(other) for other, _id in tops)
    ]
    found: list[Any] = []
    for _path, id in widest:
        version = playbook_of(places.chain(id))
        if version is not None:
            found += people.vacancies(version, id)
    return found

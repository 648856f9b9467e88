"""The units that answer, with what is open at each."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shanzhi.doors.desk.flow import link
from shanzhi.doors.desk.load import counted
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.casepage import on_duty
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

PAGE = 50


def levels() -> dict[str, str]:
    return {
        "city": _("City units"),
        "county": _("County"),
        "street": _("Township or street"),
        "community": _("Community"),
    }


@require_safe
@on_duty
def units(request: ActorRequest) -> HttpResponse:
    by = request.actor
    level = request.GET.get("level") if request.GET.get("level") in levels() else "city"
    tops = [post.place_path for post in by.posts]
    rows = [unit for unit in people.units(level=level) if _near(unit.place.path, tops)]
    open_: Counter[Any] = Counter()
    late: Counter[Any] = Counter()
    for row in counted(by):
        open_[row["unit"]] += row["n"]
        late[row["unit"]] += row["late"]
    rows.sort(key=lambda unit: (-open_[unit.id], unit.place.path, unit.key))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = [
        {
            "name": pick(unit.name),
            "place": places.full_name(unit.place, 2),
            "phone": unit.phone,
            "synthetic": unit.synthetic,
            "open": open_[unit.id],
            "late": late[unit.id],
            "href": link(which="open", unit=unit.id),
            "late_href": link(which="late", unit=unit.id),
        }
        for unit in page.object_list
    ]
    values = {
        "rows": shown,
        "page": page,
        "level": level,
        "levels": list(levels().items()),
        "nav": "units",
        "phones": any(row["phone"] for row in shown),
    }
    return render(request, "desk/units.html", values)


def _near(path: str, tops: list[str]) -> bool:
    """Units that work in the actor's place, and those above that serve it."""
    return any(path.startswith(top) or top.startswith(path) for top in tops)

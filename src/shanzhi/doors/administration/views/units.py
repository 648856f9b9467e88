"""Units: list, tree, one of them, new, changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shanzhi.doors.administration import choices, shown
from shanzhi.doors.administration.forms import NewUnitForm, UnitForm
from shanzhi.doors.administration.guard import appointing
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.refusals import Invalid, Refusal
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.forms import put_refusal
from shanzhi.registers.people import queries as people
from shanzhi.registers.people import services
from shanzhi.registers.people.middleware import ActorRequest

PAGE = 50


def found(request: ActorRequest) -> Any:
    asked = request.GET
    level = asked.get("level", "") if asked.get("level") in shown.LEVELS else ""
    return people.units_for(
        request.actor, text=asked.get("q", "")[:80], level=level, closed=asked.get("closed") == "1"
    )  # fmt: skip


@require_safe
@appointing
def listed(request: ActorRequest) -> HttpResponse:
    page = Paginator(found(request), PAGE).get_page(request.GET.get("page"))
    values = {
        "rows": [shown.unit_row(unit) for unit in page.object_list], "page": page, "levels": shown.levels(),
        "level": request.GET.get("level", ""), "q": request.GET.get("q", ""), "closed": request.GET.get("closed") == "1",
        "query": request.GET.urlencode(), "nav": "units",
    }  # fmt: skip
    return render(request, "administration/units.html", values)


@require_safe
@appointing
def table(request: ActorRequest) -> HttpResponseBase:
    heads = [
        _("Unit"),
        _("Key of the unit"),
        _("Level"),
        _("Kind of unit"),
        _("Place"),
        _("Place code"),
        _("Belongs to"),
        _("Phone"),
        _("Closes"),
    ]
    rows = (
        [
            row["name"],
            row["key"],
            row["level"],
            row["kind"],
            row["place"],
            unit.place.code,
            row["parent"],
            row["phone"],
            row["closes"],
        ]
        for unit in found(request)
        if (row := shown.unit_row(unit))
    )
    return shown.as_csv("units", heads, rows)


@require_safe
@appointing
def tree(request: ActorRequest) -> HttpResponse:
    """By what belongs to what: every branch opens in its place, or, with `under`, one alone."""
    standing = list(people.units_for(request.actor))
    known = {unit.id: unit for unit in standing}
    below: dict[Any, list[Any]] = {}
    for unit in standing:
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    rows = [_branch(unit, below) for unit in below.get(None, ())]
    rows.sort(key=lambda row: not row["children"])
    return render(request, "administration/tree.html", {"rows": rows, "n": len(standing), "nav": "units"})


def _branch(unit: Any, below: dict[Any, list[Any]]) -> dict[str, Any]:
    children = [_branch(child, below) for child in below.get(unit.id, ())]
    count = sum(1 + child["count"] for child in children)
    return {"id": unit.id, "name": pick(unit.name), "synthetic": unit.synthetic, "children": children, "count": count}


@require_safe
@appointing
def unit(request: ActorRequest, id: UUID) -> HttpResponse:
    by = request.actor
    row = people.access_unit(id, by=by)
    posts = list(people.posts_for(by, unit=row.id))
    former = list(people.posts_for(by, unit=row.id, when="former").order_by("-until")[:50])
    below = list(people.units_for(by).filter(parent=row)[:50])
    values = {
        "unit": shown.unit_row(row), "posts": shown.post_rows(posts), "former": shown.post_rows(former),
        "below": [shown.unit_row(one) for one in below], "open": open_cases(request, row),
        "follows": pick(row.closure.successor.name) if hasattr(row, "closure") and row.closure.successor else "",
        "closed": hasattr(row, "closure") and row.closure.done_at is not None, "from_text": people.named_in_text(row), "nav": "units",
    }  # fmt: skip
    return render(request, "administration/unit.html", values)


def open_cases(request: ActorRequest, unit: Any) -> int:
    return casework.visible_cases(request.actor).filter(casework.held(unit=unit.id)).order_by().count()


@require_http_methods(["GET", "POST"])
@appointing
def new(request: ActorRequest) -> HttpResponse:
    by = request.actor
    options = {"kinds": choices.kinds(by), "parents": choices.units(by), "places": choices.seats(by)}
    form = NewUnitForm(
        request.POST if request.method == "POST" else None, initial={"place": request.GET.get("place", "")}, **options
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_unit(by=by, **form.values())
        except Refusal as refusal:
            _put(form, refusal)
        else:
            messages.success(request, _("The unit is open. Now somebody needs a post in it."))
            return HttpResponseRedirect(reverse("administration:unit", args=[made.id]))
    values = {"form": form, "nav": "units"}
    return render(request, "administration/unit_form.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@appointing
def change(request: ActorRequest, id: UUID) -> HttpResponse:
    row = people.access_unit(id, by=request.actor)
    options = {
        "kinds": choices.kinds(request.actor), "parents": choices.units(request.actor, without=row.id, covering=row.place.path),
    }  # fmt: skip
    initial = {
        "chinese": row.name.get("zh-hans", ""), "english": row.name.get("en", ""), "kind": row.kind, "phone": row.phone,
        "parent": str(row.parent_id or ""),
    }  # fmt: skip
    form = UnitForm(request.POST if request.method == "POST" else None, initial=initial, **options)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_unit(unit=row.id, by=request.actor, **form.values())
        except Refusal as refusal:
            _put(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("administration:unit", args=[row.id]))
    values = {"form": form, "unit": shown.unit_row(row), "from_text": people.named_in_text(row), "nav": "units"}
    return render(request, "administration/unit_form.html", values, status=422 if form.errors else 200)


def _put(form: Any, refusal: Refusal) -> None:
    if isinstance(refusal, Invalid) and "name" in refusal.fields:
        refusal.fields = {"chinese": refusal.fields["name"]}
    put_refusal(form, refusal)

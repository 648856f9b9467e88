"""Rounds: today's inspection orders, what was missed, and one order item by item."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shanzhi.doors.worker.heaps import heaps_of
from shanzhi.doors.worker.pages import page
from shanzhi.doors.worker.reporting import MOST_PHOTOS
from shanzhi.doors.worker.views.report import kept
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Conflict, Invalid
from shanzhi.kit.casepage import on_duty
from shanzhi.programmes.patrol import queries, services
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places


@never_cache
@require_safe
@on_duty
def rounds(request: ActorRequest) -> HttpResponse:
    """`?day=` shows what was missed on that day; else on this and the last one. `?place=`: those in that place."""
    by, day, place = request.actor, _day(request.GET.get("day", "")), places.maybe(_id(request.GET.get("place")))
    path = place.path if place else ""
    ahead = bool(queries.calls()[:1])
    missed = shown(queries.missed(by, path, day))
    above = {row["round"].order.id for row in missed}
    orders = shown(queries.orders_of(by, place_path=path))
    rows = [row for row in orders if row["round"].order.id not in above]
    values = {
        "due": heaps_of([row for row in rows if not row["round"].done]),
        "done": heaps_of([row for row in rows if row["round"].done]),
        "orders": len(orders),
        "missed": heaps_of(missed),
        "day": day,
        "place": places.marked_name(place) if place else "",
        "calls": ahead,
        "may_call": any(post.role in queries.CALLERS for post in by.posts),
    }
    return page(request, "rounds", values, tab="rounds")


def shown(found: list[queries.Round]) -> list[dict[str, Any]]:
    return [{"round": one, "place": places.marked_name(one.order.place)} for one in found]


@never_cache
@require_safe
@on_duty
def one(request: ActorRequest, id: UUID) -> HttpResponse:
    return show(request, id)


def show(
    request: ActorRequest, id: UUID, errors: Mapping[str, Any] | None = None, item: str = "", *, status: int = 200
) -> HttpResponse:
    """`errors` belong to the form of `item`, with what was typed."""
    by = request.actor
    sheet = queries.access_order(id, by=by)
    lines = [
        {
            "line": line,
            "photos": f"photos-{line.item.key}",
            "key": new_id(),
            "errors": errors if line.item.key == item else None,
            "note": request.POST.get("note", "") if line.item.key == item else "",
            "kept": kept(_ids(request.POST.getlist(f"photos-{item}")), by) if line.item.key == item else [],
        }
        for line in sheet.lines
    ]
    values = {
        "sheet": sheet, "lines": lines, "place": places.full_name(sheet.order.place), "most": MOST_PHOTOS, "key": new_id(),
    }  # fmt: skip
    return page(request, "round", values, tab="rounds", status=status)


@require_POST
@on_duty
def start(request: ActorRequest, id: UUID) -> HttpResponse:
    services.set_out(order=id, by=request.actor, key=_id(request.POST.get("key")))
    return HttpResponseRedirect(reverse("worker:round", args=[id]))


@require_POST
@on_duty
def answer(request: ActorRequest, id: UUID, item: str) -> HttpResponse:
    """Answering twice by accident leads back to the page: the answer that stands is there."""
    return _answered(request, id, item, services.answer)


@require_POST
@on_duty
def correction(request: ActorRequest, id: UUID, item: str) -> HttpResponse:
    """Another answer than the one that stands."""
    return _answered(request, id, item, services.change_answer)


def _answered(request: ActorRequest, id: UUID, item: str, say: Callable[..., Any]) -> HttpResponse:
    sent = request.POST
    try:
        made = say(
            order=id, item=item, value=sent.get("value", ""), by=request.actor, note=sent.get("note", ""),
            files=_ids(sent.getlist(f"photos-{item}")), key=_id(sent.get("key")),
        )  # fmt: skip
    except Invalid as refusal:
        return show(request, id, refusal.fields, item, status=422)
    except Conflict as refusal:
        if refusal.code not in ("answered", "not-answered"):
            raise
        messages.info(request, str(refusal.message))
        return HttpResponseRedirect(reverse("worker:round", args=[id]))
    if made.case is not None and made.value == "hazard":
        messages.success(request, _("The hazard is passed on (%(number)s).") % {"number": made.case.number})
    elif say is services.change_answer:
        messages.success(request, _("The answer is changed."))
    return HttpResponseRedirect(f"{reverse('worker:round', args=[id])}#item-{item}")


def _ids(texts: list[str]) -> tuple[UUID, ...]:
    return tuple(filter(None, map(_id, texts)))[:MOST_PHOTOS]


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None

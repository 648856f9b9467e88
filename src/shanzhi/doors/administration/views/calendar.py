"""Opening hours of a unit, and the days on which a unit or a whole place differs from the national calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shanzhi.doors.administration.forms import DayForm, HoursForm
from shanzhi.doors.administration.guard import appointing
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import NotFound, Refusal
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.calendar import queries, services
from shanzhi.foundation.calendar.clock import DEFAULT_SPANS, LimitError, parse_spans, spans_text
from shanzhi.kit.forms import put_refusal
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose calendar: a unit's, or that of a place and all below it."""

    place: Any
    unit: Any = None

    @property
    def name(self) -> str:
        return pick(self.unit.name) if self.unit else places.marked_name(self.place)

    @property
    def address(self) -> str:
        if self.unit:
            return reverse("administration:unit-calendar", args=[self.unit.id])
        return f"{reverse('administration:calendar')}?place={self.place.id}"

    def days(self) -> list[Any]:
        """The exceptions of the coming year that hold here, also those of places above and of everyone."""
        first = today()
        unit = self.unit.id if self.unit else None
        return queries.local_days(first, first + AHEAD, unit=unit, places=places.chain(self.place))

    def owns(self, row: Any) -> bool:
        return row.unit == self.unit.id if self.unit else row.place == self.place.id


def _unit(request: ActorRequest, id: UUID) -> Scope:
    row = people.access_unit(id, by=request.actor)
    return Scope(row.place, row)


def _place(request: ActorRequest, id: UUID | str) -> Scope:
    """One of the places that the actor's own posts are for. Raises NotFound."""
    found = next((post.place for post in people.appointing(request.actor) if str(post.place) == str(id)), None)
    if found is None:
        raise NotFound(_("This is not a place that one of your posts is for."))
    return Scope(places.place(found))


@require_safe
@appointing
def of_unit(request: ActorRequest, id: UUID) -> HttpResponse:
    return _show(request, _unit(request, id))


@require_safe
@appointing
def of_place(request: ActorRequest) -> HttpResponse:
    asked = request.GET.get("place") or people.appointing(request.actor)[0].place
    return _show(request, _place(request, asked))


@require_POST
@appointing
def hours(request: ActorRequest, id: UUID) -> HttpResponse:
    scope, form = _unit(request, id), HoursForm(request.POST)

    def save(data: dict[str, Any]) -> None:
        services.set_hours(
            unit=id, since=data["since"] or today(), spans=parse_spans(data["spans"]), **_entrusted(request, scope)
        )

    return _saved(request, scope, form, save, "hours_form")


@require_POST
@appointing
def day(request: ActorRequest, id: UUID) -> HttpResponse:
    return _set_day(request, _unit(request, id))


@require_POST
@appointing
def place_day(request: ActorRequest, place: UUID) -> HttpResponse:
    return _set_day(request, _place(request, place))


def _set_day(request: ActorRequest, scope: Scope) -> HttpResponse:
    form = DayForm(request.POST)

    def save(data: dict[str, Any]) -> None:
        services.set_day(
            day=data["day"], works=data["works"] == "work", reason=data["reason"], unit=scope.unit and scope.unit.id,
            place=None if scope.unit else scope.place.id, **_entrusted(request, scope),
        )  # fmt: skip

    return _saved(request, scope, form, save, "day_form")


@require_POST
@appointing
def clear_hours(request: ActorRequest, id: UUID, row: UUID) -> HttpResponse:
    scope = _unit(request, id)
    if any(one.id == row for one in queries.opening_hours(id)):  # else a second tap: it is gone already
        services.clear_hours(id=row, **_entrusted(request, scope))
    return _done(request, scope)


@require_POST
@appointing
def clear_day(request: ActorRequest, id: UUID, row: UUID) -> HttpResponse:
    return _clear(request, _unit(request, id), row)


@require_POST
@appointing
def clear_place_day(request: ActorRequest, place: UUID, row: UUID) -> HttpResponse:
    return _clear(request, _place(request, place), row)


def _clear(request: ActorRequest, scope: Scope, row: UUID) -> HttpResponse:
    if any(one.id == row and scope.owns(one) for one in scope.days()):
        services.clear_day(id=row, **_entrusted(request, scope))
    return _done(request, scope)


def _entrusted(request: ActorRequest, scope: Scope) -> dict[str, Any]:
    """Who looks after units looks after their calendar."""
    keepers = {post.role for post in people.appointing(request.actor)}
    return {"by": request.actor, "place_path": scope.place.path, "keepers": keepers}


def _saved(
    request: ActorRequest, scope: Scope, form: forms.Form, save: Callable[[dict[str, Any]], None], name: str
) -> HttpResponse:
    if form.is_valid():
        try:
            save(form.cleaned_data)
        except LimitError as error:
            form.add_error("spans", f"{error.message} {error.advice}".strip())
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            return _done(request, scope)
    return _show(request, scope, **{name: form})


def _done(request: ActorRequest, scope: Scope) -> HttpResponse:
    messages.success(request, _("Saved. Clocks that run follow within seconds; what has ended stays as it was."))
    return HttpResponseRedirect(scope.address)


def _show(
    request: ActorRequest, scope: Scope, hours_form: forms.Form | None = None, day_form: forms.Form | None = None
) -> HttpResponse:
    mine = [post.place for post in people.appointing(request.actor)]
    values = {
        "scope": scope, "hours_form": hours_form or HoursForm(), "day_form": day_form or DayForm(),
        "periods": _periods(scope.unit.id) if scope.unit else [],
        "days": [(one, scope.owns(one)) for one in scope.days()],
        "places": [(id, places.marked_name(places.place(id))) for id in dict.fromkeys(mine)], "nav": "units" if scope.unit else "calendar",
    }  # fmt: skip
    return render(request, "administration/calendar.html", values, status=422 if hours_form or day_form else 200)


def _periods(unit: UUID) -> list[dict[str, Any]]:
    """What holds, from which day on (None: before all that was set), oldest first; past ones but the last are left out."""
    own = queries.opening_hours(unit)
    rows: list[dict[str, Any]] = []
    if not own or own[0].since > today():
        rows.append(_common())
    held = max((row.since for row in own if row.since <= today()), default=None)
    rows += [
        {"id": row.id, "since": row.since, "spans": _shown(row.spans), "now": row.since == held}
        for row in own
        if held is None or row.since >= held
    ]
    return rows


def _common() -> dict[str, Any]:
    """What holds today in units without hours of their own."""
    rows = [row for row in queries.opening_hours(None) if row.since <= today()]
    return {"id": None, "since": None, "spans": _shown(rows[-1].spans if rows else DEFAULT_SPANS), "now": True}


def _shown(spans: Any) -> str:
    """For reading; what is typed keeps its commas."""
    return spans_text(spans).replace(", ", _(", "))

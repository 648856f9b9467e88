"""Closing a unit: first what it means, then the deed; and taking a planned one back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shanzhi.doors.administration import choices, shown
from shanzhi.doors.administration.forms import ClosingForm
from shanzhi.doors.administration.guard import appointing
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.forms import put_refusal
from shanzhi.registers.people import queries as people
from shanzhi.registers.people import services
from shanzhi.registers.people.middleware import ActorRequest

from .units import open_cases


@require_http_methods(["GET", "POST"])
@appointing
def close(request: ActorRequest, id: UUID) -> HttpResponse:
    by = request.actor
    row = people.access_unit(id, by=by)
    form = ClosingForm(
        request.POST if request.method == "POST" else None,
        successors=choices.units(by, without=row.id, covering=row.place.path),
    )
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"]
        try:
            done = services.close_unit(
                unit=row.id, by=by, successor=UUID(successor) if successor else None, on=form.cleaned_data["on"]
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            said = _("The unit is closed and its posts have ended.") if done.done else _("The unit closes on %(day)s.")
            messages.success(request, said % {"day": date_format(done.on)})
            return HttpResponseRedirect(reverse("administration:unit", args=[row.id]))
    if not row.parent:
        form.fields["successor"].help_text = _("What it still has goes there.")
    values = {
        "form": form, "unit": shown.unit_row(row), "open": open_cases(request, row),
        "posts": shown.post_rows(list(people.posts_for(by, unit=row.id))), "nav": "units",
        "below": [shown.unit_row(one) for one in people.units_for(by).filter(parent=row)[:50]],
        "heir": pick(row.parent.name) if row.parent else "",
    }  # fmt: skip
    return render(request, "administration/closing.html", values, status=422 if form.errors else 200)


@require_POST
@appointing
def keep(request: ActorRequest, id: UUID) -> HttpResponse:
    people.access_unit(id, by=request.actor)
    services.keep_unit(unit=id, by=request.actor)
    messages.success(request, _("The unit stays open."))
    return HttpResponseRedirect(reverse("administration:unit", args=[id]))

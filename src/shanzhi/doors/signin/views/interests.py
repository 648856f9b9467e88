"""Declaring a conflict of interest with a unit; with a person it is declared at the case."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from shanzhi.engines.casework import services as casework
from shanzhi.foundation.base.refusals import Denied, Refusal
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.forms import put_refusal
from shanzhi.registers.people import queries, services
from shanzhi.registers.people.middleware import ActorRequest


class InterestForm(forms.Form):
    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What connects you"), choices=services.Nearness.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["unit"]).choices = [("", _("Choose …")), *_units()]


def _units() -> list[Any]:
    """Of every level: what is near to somebody may be a village's committee."""
    found: dict[str, list[tuple[str, str]]] = {}
    for unit in queries.units():
        found.setdefault(unit.level, []).append((str(unit.id), pick(unit.name)))
    titles = {
        "city": _("City units"), "county": _("County"), "street": _("Township or street"), "community": _("Community"),
    }  # fmt: skip
    return [(title, found[level]) for level, title in titles.items() if level in found]


@login_required
@require_http_methods(["GET", "POST"])
def interests(request: ActorRequest) -> HttpResponse:
    if not request.actor.posts:
        raise Denied(_("Only those who hold a post declare conflicts of interest."))
    form = InterestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = casework.recuse_from_unit(
                by=request.actor, kind=form.cleaned_data["kind"], unit=UUID(form.cleaned_data["unit"])
            )
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _said(told))
            return HttpResponseRedirect(reverse("signin:interests"))
    declared = [
        {
            "id": each.id, "at": each.declared_at, "kind": services.Nearness(each.kind).label,
            "unit": pick(each.unit.name) if each.unit else _("a person"),
        }
        for each in queries.interests_of(request.actor)
    ]  # fmt: skip
    context = {"form": form, "declared": declared}
    return render(request, "signin/interests.html", context, status=422 if form.errors else 200)


def _said(told: int) -> str:
    if told:
        return _("Declared. What you had in hand about this unit goes to somebody else, who has been told.")
    return _("Declared. You will not get reports about this unit any more.")


@login_required
@require_POST
def end(request: ActorRequest, id: UUID) -> HttpResponse:
    services.end_conflict(interest=id, by=request.actor)
    messages.success(request, _("This declaration has ended."))
    return HttpResponseRedirect(reverse("signin:interests"))

"""Two sides at the counter: who they are, what it is about, and whether each wants to be mediated."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Denied, Invalid
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.casepage import on_duty
from shanzhi.kit.forms import put_refusal
from shanzhi.programmes.mediation import queries as mediation
from shanzhi.programmes.mediation import services
from shanzhi.registers.people.middleware import ActorRequest

from .inbox import href
from .report import name_of, uuid_of

ANSWERS = [
    ("later", gettext_lazy("Not asked yet")),
    ("yes", gettext_lazy("Wants mediation")),
    ("no", gettext_lazy("Does not want it")),
]
PHONE = forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
# Whose it is stands in each label: a list of what is missing has no headings.
LABELS = {
    "a": {
        "name": gettext_lazy("Name of party A"), "phone": gettext_lazy("Telephone of party A"),
        "answer": gettext_lazy("Does party A want mediation?"), "note": gettext_lazy("When party A was asked, and who was there"),
    },
    "b": {
        "name": gettext_lazy("Name of party B"), "phone": gettext_lazy("Telephone of party B"),
        "answer": gettext_lazy("Does party B want mediation?"), "note": gettext_lazy("When party B was asked, and who was there"),
    },
}  # fmt: skip


class Taken(forms.Form):
    """Names of fields are those under which the command refuses."""

    def __init__(self, kinds: list[tuple[str, Any]], data: Any = None) -> None:
        super().__init__(data, auto_id="dispute_%s")
        self.fields["words"] = forms.CharField(
            label=gettext_lazy("What is it about?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
            help_text=gettext_lazy("Both sides read this."),
        )  # fmt: skip
        self.fields["category"] = forms.ChoiceField(
            label=gettext_lazy("Category"), choices=[("", _("Choose …")), *((key, pick(title)) for key, title in kinds)]
        )
        for side, label in LABELS.items():
            self.fields[f"{side}-name"] = forms.CharField(
                label=label["name"], max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
            )
            self.fields[f"{side}-phone"] = forms.CharField(
                label=label["phone"], max_length=20, required=False, widget=PHONE
            )
            self.fields[f"{side}-answer"] = forms.ChoiceField(
                label=label["answer"], choices=ANSWERS, initial="later", widget=forms.RadioSelect
            )
            self.fields[f"{side}-note"] = forms.CharField(label=label["note"], max_length=300, required=False)

    def side(self, side: str) -> list[Any]:
        return [self[f"{side}-{name}"] for name in ("name", "phone", "answer", "note")]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@on_duty
def dispute(request: ActorRequest) -> HttpResponse:
    by = request.actor
    if not mediation.takes_down(by):
        raise Denied(_("Disputes are taken down by the mediators of a place."))
    sent = request.POST if request.method == "POST" else None
    form = Taken(mediation.kinds_of(by), sent)
    place = uuid_of(sent.get("place")) if sent else None
    if sent is not None and place is None:
        form.add_error(None, _("Please choose the place."))
    if sent is not None and place is not None and form.is_valid():
        try:
            return _take(request, form.cleaned_data, place)
        except Invalid as refusal:
            put_refusal(form, refusal)
    values = {
        "form": form,
        "sides": [("a", _("Party A: who asks"), form.side("a")), ("b", _("Party B: the other side"), form.side("b"))],
        "id": request.POST.get("id") or str(new_id()),
        "place": place or "",
        "place_text": name_of(place),
        "place_error": " ".join(map(str, form.non_field_errors())) if sent is not None and place is None else "",
        "nav": "report",
    }
    return render(request, "desk/dispute.html", values, status=422 if sent is not None else 200)


def _take(request: ActorRequest, typed: dict[str, Any], place: UUID) -> HttpResponse:
    made = services.take_down(
        id=uuid_of(request.POST.get("id")) or new_id(), place=place, words=typed["words"], by=request.actor,
        category=typed["category"], a=_party(typed, "a"), b=_party(typed, "b"),
        answers={side: _answer(request, typed, side) for side in ("a", "b") if typed[f"{side}-answer"] != "later"},
    )  # fmt: skip
    if not made.follow_token:
        messages.success(request, _("Taken down as %(number)s.") % {"number": made.case.number})
        return HttpResponseRedirect(href(made.case))
    address = request.build_absolute_uri(reverse("resident:follow", args=[made.follow_token]))
    values = {"case": made.case, "href": href(made.case), "address": address, "nav": "report", "dispute": True}
    return render(request, "desk/taken.html", values)


def _party(typed: dict[str, Any], side: str) -> services.PartyGiven:
    return services.PartyGiven(typed[f"{side}-name"].strip(), typed[f"{side}-phone"].strip())


def _answer(request: ActorRequest, typed: dict[str, Any], side: str) -> services.Answer:
    files: tuple[UUID, ...] = tuple(id for text in request.POST.getlist(f"{side}-paper") if (id := uuid_of(text)))
    return services.Answer(typed[f"{side}-answer"] == "yes", typed[f"{side}-note"], files)

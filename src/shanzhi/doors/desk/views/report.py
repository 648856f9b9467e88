"""Taking down what somebody says on the telephone or at the counter."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Invalid, NotFound
from shanzhi.kit.casepage import on_duty
from shanzhi.kit.forms import put_refusal
from shanzhi.programmes.mediation import queries as mediation
from shanzhi.programmes.reporting import queries as known
from shanzhi.programmes.reporting import services as reporting
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

from .inbox import href


class Taken(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("What do they report?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000
    )
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    spot = forms.CharField(label=gettext_lazy("Exactly where"), required=False, max_length=200)
    name = forms.CharField(label=gettext_lazy("Name of the caller"), required=False, max_length=100)
    phone = forms.CharField(
        label=gettext_lazy("Phone of the caller"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    def __init__(self, by: Any, data: Any = None) -> None:
        super().__init__(data, auto_id="take_%s")
        shelves = known.categories_at(by.posts[0].place, by=by, source="desk")
        self.elsewhere = [kind for shelf in shelves for kind in shelf.elsewhere]
        choices: list[Any] = [("", _("Not sure: the words decide"))]
        cast(forms.ChoiceField, self.fields["category"]).choices = choices + [
            (shelf.title, list(shelf.items)) for shelf in shelves if shelf.items
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@on_duty
def report(request: ActorRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = Taken(request.actor, sent)
    about = known.subject_of(sent.get("about"), sent.get("about_text", "")) if sent else known.Subject()
    wrong = ""
    if sent is not None and form.is_valid():
        try:
            return _take(request, form.cleaned_data, about)
        except Invalid as refusal:
            put_refusal(form, refusal)
            wrong = " ".join(map(str, refusal.fields.get("about", ())))
    return _page(request, form, sent, about, wrong)


def _take(request: ActorRequest, typed: dict[str, Any], about: known.Subject) -> HttpResponse:
    made = reporting.report(
        id=uuid_of(request.POST.get("id")) or new_id(), by=request.actor, words=typed["words"],
        category=typed["category"] or None, place=uuid_of(request.POST.get("place")), position=_position(request.POST),
        spot=typed["spot"], name=typed["name"], phone=typed["phone"], source="desk",
        subject_unit=known.settled(about),
        files=[id for text in request.POST.getlist("before") if (id := uuid_of(text))],
    )  # fmt: skip
    number = made.case.number
    if made.follow_token:
        address = request.build_absolute_uri(reverse("resident:follow", args=[made.follow_token]))
        return render(
            request,
            "desk/taken.html",
            {"case": made.case, "href": href(made.case), "address": address, "nav": "report"},
        )
    messages.success(request, _("Taken down as %(number)s.") % {"number": number})
    return HttpResponseRedirect(href(made.case))


def _page(request: ActorRequest, form: Taken, sent: Any, about: known.Subject, wrong: str) -> HttpResponse:
    place = uuid_of(sent.get("place")) if sent else None
    values = {
        "form": form,
        "id": (sent or {}).get("id") or str(new_id()),
        "place": place or "",
        "place_text": name_of(place),
        "lon": (sent or {}).get("place_lon", ""),
        "lat": (sent or {}).get("place_lat", ""),
        "place_error": " ".join(map(str, form.non_field_errors())) if sent and not place and not wrong else "",
        "about": about,
        "wrong": wrong,
        "disputes": mediation.takes_down(request.actor),
        "nav": "report",
    }
    return render(request, "desk/report.html", values, status=422 if sent is not None else 200)


def name_of(place: UUID | None) -> str:
    try:
        return places.marked_name(place, 3) if place else ""
    except NotFound:
        return ""


def uuid_of(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _position(data: Any) -> reporting.Position | None:
    try:
        return reporting.Position(float(data.get("place_lon", "")), float(data.get("place_lat", "")))
    except ValueError:
        return None

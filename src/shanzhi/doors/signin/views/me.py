"""My data: see, correct, take along, have erased; and who opened my record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanzhi.doors.signin.forms import NameForm
from shanzhi.doors.signin.packing import archive
from shanzhi.doors.signin.record import erasure_day, own, posts_of, record_of, what
from shanzhi.engines.casework import services as casework_services
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.foundation.base.texts import pick
from shanzhi.kit.forms import put_refusal
from shanzhi.registers.people import queries, services
from shanzhi.registers.people.middleware import ActorRequest


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def me(request: ActorRequest) -> HttpResponse:
    """POST corrects the name."""
    record = record_of(request.actor)
    form = NameForm(request.POST or None, initial={"name": record.name})
    if request.method == "POST" and form.is_valid():
        try:
            corrected = services.correct_name(name=form.cleaned_data["name"], by=request.actor)
            casework_services.correct_contact(by=request.actor, name=(record.name, corrected.name))
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("Your name has been changed."))
            return HttpResponseRedirect(reverse("signin:me"))
    context: dict[str, Any] = {
        "form": form, "record": record, "posts": posts_of(request.actor), "erasure": erasure_day(record.id),
        "account": request.user, "here": {"me": True},
    }  # fmt: skip
    return render(request, "signin/me.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_GET
def export(request: ActorRequest) -> HttpResponseBase:
    """Everything in one archive: a page to read, data for programs, one's pictures."""
    return archive(request, request.actor)


@login_required
@require_POST
def erasure(request: ActorRequest) -> HttpResponse:
    """Ask for erasure, or with `withdraw` take the request back."""
    if "withdraw" in request.POST:
        services.withdraw_erasure(by=request.actor)
        messages.success(request, _("Good that you stay. Nothing will be erased."))
    else:
        services.request_erasure(by=request.actor)
        messages.success(
            request, _("Your data will be erased in seven days. Until then you can change your mind here.")
        )
    return HttpResponseRedirect(reverse("signin:me"))


@never_cache
@login_required
@require_GET
def openings(request: ActorRequest) -> HttpResponse:
    """Who opened my record, when, in which post, and why."""
    log = queries.accesses_of(own(request.actor))
    names = queries.display_names([each.who_id for each in log if each.who_id], for_=request.actor)
    rows = [
        {
            "at": each.at, "name": names.get(each.who_id, "") if each.who_id else "", "unit": pick(each.post.unit.name) if each.post else "",
            "role": queries.role_title(each.post.role, each.post.place_id) if each.post else "", "why": queries.why_text(each.why),
            "fields": what(each.fields),
        }
        for each in log
    ]  # fmt: skip
    return render(request, "signin/openings.html", {"rows": rows})

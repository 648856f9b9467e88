"""Accounts of staff: a link to set a password, closed and open again, a lost second factor, a corrected name."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shanzhi.doors.administration.forms import AccountForm, NameForm
from shanzhi.doors.administration.guard import appointing
from shanzhi.foundation.base.refusals import Invalid, Refusal
from shanzhi.kit.forms import put_refusal
from shanzhi.registers.people import queries as people
from shanzhi.registers.people import services
from shanzhi.registers.people.middleware import ActorRequest


def show_link(request: ActorRequest, person: UUID) -> HttpResponse:
    """Shown once, to hand over in person or by a channel that the office trusts; nowhere stored."""
    made = services.issue_link(person=person, by=request.actor)
    officer = people.access_officer(person, by=request.actor)
    address = request.build_absolute_uri(reverse("signin:invitation", args=[made.token]))
    values = {"officer": officer, "address": address, "until": made.until, "nav": "people"}
    return render(request, "administration/link.html", values)


@require_POST
@appointing
def link(request: ActorRequest, id: UUID) -> HttpResponse:
    people.access_officer(id, by=request.actor)
    return show_link(request, id)


@require_http_methods(["GET", "POST"])
@appointing
def give(request: ActorRequest, id: UUID) -> HttpResponse:
    """For somebody who holds a post and cannot sign in yet. Ends with a link to set a password."""
    officer = people.access_officer(id, by=request.actor)
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.give_account(person=id, by=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            if refusal.code == "phone-taken":
                form.add_error("phone", str(refusal.message))
            else:
                put_refusal(form, refusal)
        else:
            return show_link(request, id)
    values = {"form": form, "officer": officer, "nav": "people"}
    return render(request, "administration/account.html", values, status=422 if form.errors else 200)


@require_POST
@appointing
def close(request: ActorRequest, id: UUID) -> HttpResponse:
    people.access_officer(id, by=request.actor)
    services.close_account(person=id, by=request.actor)
    return _back(request, id, _("The account is closed and signed out everywhere."))


@require_POST
@appointing
def reopen(request: ActorRequest, id: UUID) -> HttpResponse:
    people.access_officer(id, by=request.actor)
    services.reopen_account(person=id, by=request.actor)
    return _back(request, id, _("The account is open again."))


@require_POST
@appointing
def second(request: ActorRequest, id: UUID) -> HttpResponse:
    people.access_officer(id, by=request.actor)
    gone = services.remove_second_factor(person=id, by=request.actor)
    return _back(request, id, _("The second step is removed.") if gone else _("There was no second step to remove."))


@require_POST
@appointing
def rename(request: ActorRequest, id: UUID) -> HttpResponse:
    people.access_officer(id, by=request.actor)
    form = NameForm(request.POST)
    if not form.is_valid():
        raise Invalid({"name": [_("Please write a name.")]})
    services.rename_officer(person=id, name=form.cleaned_data["name"], by=request.actor)
    return _back(request, id, _("Saved."))


def _back(request: ActorRequest, id: UUID, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("administration:person", args=[id]))

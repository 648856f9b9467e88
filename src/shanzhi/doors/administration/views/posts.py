"""Appointing: somebody new, or one more post for somebody who is there; and ending a post."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shanzhi.doors.administration import choices, shown
from shanzhi.doors.administration.forms import EndForm, NewPersonForm, PostForm
from shanzhi.doors.administration.guard import appointing
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Conflict, NotFound, Refusal
from shanzhi.kit.forms import put_refusal
from shanzhi.registers.people import queries as people
from shanzhi.registers.people import services
from shanzhi.registers.people.middleware import ActorRequest

from .accounts import show_link


@require_http_methods(["GET", "POST"])
@appointing
def new(request: ActorRequest) -> HttpResponse:
    """First the unit, then who and which post. Ends with a link to set a password."""
    unit = _unit(request)
    if unit is None:
        return _choose_unit(request, None)
    form = NewPersonForm(
        request.POST if request.method == "POST" else None, initial=_initial(request, unit), **_options(unit)
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                person, fresh = _person(request, form.cleaned_data)
                services.appoint(person=person, unit=unit.id, by=request.actor, **form.post())
        except Refusal as refusal:
            if refusal.code == "phone-taken":
                form.add_error(
                    "phone", _("This number has an account already. Tick the box below if it is the same person.")
                )
            else:
                put_refusal(form, refusal)
        else:
            if fresh:
                return show_link(request, person)
            messages.success(request, _("Appointed. The account was there already, and its password stays."))
            return HttpResponseRedirect(reverse("administration:unit", args=[unit.id]))
    values = {"form": form, "unit": shown.unit_row(unit), "nav": "people"}
    return render(request, "administration/person_form.html", values, status=422 if form.errors else 200)


def _person(request: ActorRequest, data: dict[str, Any]) -> tuple[UUID, bool]:
    known = people.person_by_phone(data["phone"], by=request.actor) if data["existing"] and data["phone"] else None
    if known:
        return known, False
    made = services.create_person(name=data["name"], username=data["username"], phone=data["phone"], by=request.actor)
    return made.id, True


@require_http_methods(["GET", "POST"])
@appointing
def appoint(request: ActorRequest, id: UUID) -> HttpResponse:
    officer = people.access_officer(id, by=request.actor)
    unit = _unit(request)
    if unit is None:
        return _choose_unit(request, officer)
    form = PostForm(
        request.POST if request.method == "POST" else None, initial=_initial(request, unit), **_options(unit)
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.appoint(person=officer.id, unit=unit.id, by=request.actor, **form.post())
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("Appointed."))
            return HttpResponseRedirect(reverse("administration:person", args=[officer.id]))
    values = {"form": form, "unit": shown.unit_row(unit), "officer": officer, "nav": "people"}
    return render(request, "administration/person_form.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@appointing
def end(request: ActorRequest, id: UUID) -> HttpResponse:
    post = people.post(id)
    if not people.covers_unit(request.actor, people.unit(post.unit_id)):
        raise NotFound(_("There is no such post."))
    form = EndForm(request.POST if request.method == "POST" else None, initial={"on": post.until})
    if request.method == "POST" and form.is_valid():
        try:
            services.end_post(post=id, by=request.actor, on=form.cleaned_data["on"])
        except Conflict as refusal:
            form.add_error(None, str(refusal.message))
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            day = form.cleaned_data["on"] or today()
            said = _("The post ends on %(day)s.") if day > today() else _("The post has ended.")
            messages.success(request, said % {"day": date_format(day)})
            return HttpResponseRedirect(reverse("administration:unit", args=[post.unit_id]))
    (row,) = shown.post_rows([post])
    holds = casework.visible_cases(request.actor).filter(casework.held(post=id)).order_by().count()
    alone = all(other.id == id for other in people.posts_in(post.unit_id, role=post.role))
    values = {"form": form, "post": row, "holds": holds, "alone": alone, "nav": "people"}
    return render(request, "administration/end.html", values, status=422 if form.errors else 200)


@require_POST
@appointing
def keep(request: ActorRequest, id: UUID) -> HttpResponse:
    """An end that lies ahead is taken back."""
    post = people.post(id)
    if not people.covers_unit(request.actor, people.unit(post.unit_id)):
        raise NotFound(_("There is no such post."))
    services.keep_post(post=id, by=request.actor)
    messages.success(request, _("The post goes on."))
    return HttpResponseRedirect(reverse("administration:unit", args=[post.unit_id]))


def _unit(request: ActorRequest) -> Any:
    asked = request.GET.get("unit", "")
    if not asked:
        return None
    try:
        return people.access_unit(UUID(asked), by=request.actor)
    except ValueError:
        raise NotFound(_("There is no such unit.")) from None


def _choose_unit(request: ActorRequest, officer: Any) -> HttpResponse:
    values = {"units": choices.units(request.actor), "officer": officer, "nav": "people"}
    return render(request, "administration/choose_unit.html", values)


def _options(unit: Any) -> dict[str, Any]:
    return {"roles": choices.roles(unit), "places": choices.covered(unit)}


def _initial(request: ActorRequest, unit: Any) -> dict[str, str]:
    return {"role": request.GET.get("role", ""), "place": request.GET.get("place", str(unit.place_id))}

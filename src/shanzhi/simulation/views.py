"""One page: are the synthetic people at work, how fast, and stop."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shanzhi.foundation.base.refusals import Denied
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest

from . import queries, services


def _open_to(request: ActorRequest) -> None:
    if not settings.SHANZHI_DEMO:
        raise Http404
    if not queries.may_set(request.actor):
        raise Denied(
            _("Only those who hold a post for the whole city may pause the synthetic people or set their speed.")
        )


@require_safe
def panel(request: ActorRequest) -> HttpResponse:
    _open_to(request)
    state = queries.state()
    who = people.display_name(state.by, for_=request.actor) if state.by else ""
    return render(
        request,
        "simulation/panel.html",
        {"state": state, "speeds": queries.SPEEDS, "who": who, "left_out": not settings.SHANZHI_SIM},
    )


@require_POST
def pause(request: ActorRequest) -> HttpResponse:
    _open_to(request)
    services.pause(by=request.actor)
    return _done(request, _("The synthetic people have stopped."))


@require_POST
def resume(request: ActorRequest) -> HttpResponse:
    _open_to(request)
    services.resume(by=request.actor)
    return _done(request, _("The synthetic people go on."))


@require_POST
def speed(request: ActorRequest) -> HttpResponse:
    _open_to(request)
    chosen = request.POST.get("speed", "")
    services.set_speed(speed=int(chosen) if chosen.isdecimal() else 0, by=request.actor)
    return _done(request, _("The speed is set."))


def _done(request: ActorRequest, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("simulation:panel")

"""「我为大家巡一夜」: which nights there are, sign up, step back, say that one is there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shanzhi.doors.resident.pages import page
from shanzhi.foundation.base import small_groups
from shanzhi.foundation.base.moment import now
from shanzhi.programmes.patrol import queries, services
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

PAGE = 50


@never_cache
@require_safe
def calls(request: ActorRequest) -> HttpResponse:
    found: list[Any] = list(queries.calls()[:PAGE])  # with `listed`
    own = queries.my_signups([one.id for one in found], request.actor)
    rows = [
        {
            "call": one, "place": places.marked_name(one.place), "full": one.listed >= one.most, "wanted": _wanted(one),
            "mine": own.get(one.id),
        }
        for one in found
    ]  # fmt: skip
    return page(request, "calls", {"rows": rows}, tab="home")


@never_cache
@require_safe
def one(request: ActorRequest, id: UUID) -> HttpResponse:
    by = request.actor
    call = queries.access_call(id, by=by)
    mine = queries.my_signup(id, by)
    over = call.closed_at is not None or call.ends < now()
    values = {
        "call": call,
        "place": places.full_name(call.place),
        "leader": people.display_name(call.leader.person_id, for_=by),
        "mine": mine,
        "wanted": _wanted(call),
        "fellows": [
            row
            for row in (queries.fellows(call, by) if mine and not over else ())
            if not row.mine and row.state == "listed"
        ],
        "full": call.listed >= call.most,
        "over": over,
        "came": call.came if mine else small_groups.shown(call.came),
    }
    return page(request, "call", values, tab="home")


def _wanted(call: Any) -> str:
    return f"{call.least}–{call.most}" if call.least < call.most else str(call.most)


@require_POST
def signup(request: ActorRequest, id: UUID) -> HttpResponse:
    if not request.actor.signed_in:
        return redirect_to_login(reverse("resident:call", args=[id]))
    made = services.sign_up(call=id, by=request.actor)
    waits = made.state == "waiting"
    messages.success(
        request,
        _("You are on the waiting list and will be told when a place is free.")
        if waits
        else _("You are on the list. Thank you!"),
    )
    return HttpResponseRedirect(reverse("resident:call", args=[id]))


@require_POST
def withdrawal(request: ActorRequest, id: UUID) -> HttpResponse:
    if not request.actor.signed_in:
        return redirect_to_login(reverse("resident:call", args=[id]))
    services.withdraw(call=id, by=request.actor)
    messages.success(request, _("You are off the list. No reason needed."))
    return HttpResponseRedirect(reverse("resident:call", args=[id]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: ActorRequest, token: str) -> HttpResponse:
    """What the code at the meeting point opens. Only the press of the button says that one is there."""
    by = request.actor
    if not by.signed_in:
        return redirect_to_login(request.get_full_path())
    call = queries.call_of_code(token)
    if request.method == "POST":
        services.check_in(call=call.id, by=by, token=token)
        messages.success(request, _("Noted: you are here. Take care of each other."))
        return HttpResponseRedirect(reverse("resident:call", args=[call.id]))
    found = queries.access_call(call.id, by=by)
    values = {
        "call": found,
        "place": places.marked_name(found.place),
        "mine": queries.my_signup(call.id, by),
        "token": token,
    }
    return page(request, "call_here", values, tab="home")

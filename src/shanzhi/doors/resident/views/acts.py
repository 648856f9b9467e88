"""Acting on a report: rate, reopen, withdraw, and whatever else the procedure offers its reporter."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shanzhi.doors.resident.deeds import PRIVATE, deeds_of
from shanzhi.doors.resident.draft import MOST_PHOTOS, PHONE
from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework.services import Moved
from shanzhi.engines.casework.services import act as act_on
from shanzhi.foundation.base.refusals import Conflict, NotFound, Refusal
from shanzhi.kit.forms import put_refusal
from shanzhi.kit.limits import count
from shanzhi.programmes.reporting import queries as reporting
from shanzhi.programmes.reporting import services
from shanzhi.registers.people.middleware import ActorRequest, know_visitor, let_follow

from .one import detail

PER_HOUR, PER_HOUR_FROM_ADDRESS = 60, 600


@require_POST
def act(request: ActorRequest, id: UUID, action: str) -> HttpResponse:
    by = request.actor
    case = casework.access_case(id, by=by)
    known = casework.procedure_of(case).actions.get(action)
    if known is None or not PRIVATE & set(known.by):
        raise NotFound(_("There is no such step here."))
    count(request, "act", most=PER_HOUR, most_from_address=PER_HOUR_FROM_ADDRESS)
    deed = next(iter(deeds_of(case, by, data=request.POST, only=action)), None)
    fields = {item.field: _value(request, item) for item in known.form}
    try:
        if deed is not None and not deed.form.is_valid():
            return detail(request, case, tried=deed, status=422)
        # Without an offer too: a retry of what was done already gets its first answer from the receipt.
        act_on(
            case=id, action=action, by=by, fields={k: v for k, v in fields.items() if v not in ("", [], None)},
            files=_photos(request), expect=_number(request.POST.get("expect")), key=request.POST.get("key") or None,
        )  # fmt: skip
    except Refusal as refusal:
        if deed is None and not isinstance(refusal, Conflict):
            raise
        fresh = casework.access_case(id, by=by)
        if deed is not None:
            put_refusal(deed.form, refusal)
        shown = refusal if isinstance(refusal, Moved) or deed is None else None
        return detail(request, fresh, tried=deed, refusal=shown, status=refusal.status)
    messages.success(request, _said(known.effect))
    return redirect("resident:one", id)


def _said(effect: str | None) -> str:
    return {
        "rate": _("Thank you. Your rating is with those who did the work."),
        "reopen": _("It is open again. You will hear who looks after it now."),
        "withdraw": _("You took the report back."),
    }.get(effect or "", _("Done."))


def _value(request: ActorRequest, item: Any) -> Any:
    return request.POST.getlist(item.field) if item.kind == "reasons" else request.POST.get(item.field, "").strip()


def _photos(request: ActorRequest) -> list[UUID]:
    found = []
    for text in request.POST.getlist("photos")[:MOST_PHOTOS]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


@require_POST
def subscribe(request: ActorRequest, id: UUID) -> HttpResponse:
    """「我也遇到了」: follow a neighbour's report instead of sending another."""
    know_visitor(request)
    count(request, "subscribe", most=PER_HOUR, most_from_address=PER_HOUR_FROM_ADDRESS)
    by = request.actor
    phone = request.POST.get("phone", "").strip()
    done = services.me_too(
        case=id, by=by, name=request.POST.get("name", ""), phone=phone if PHONE.match(phone) else "", key=request.POST.get("key") or None,
    )  # fmt: skip
    if done.follow_token:
        let_follow(request, reporting.followed(done.follow_token, by=by).by.follows)
        return HttpResponseRedirect(reverse("resident:sent-with-link", args=[done.follow_token]))
    messages.success(request, _("You follow it now, and will hear of every step."))
    return redirect("resident:one", id)

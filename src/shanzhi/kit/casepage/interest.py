"""“I am too close to somebody involved”: declared on the case page, with what follows from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from shanzhi.engines.casework import services as casework
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.people.services import Nearness


def kinds() -> list[tuple[str, Any]]:
    return list(Nearness.choices)


def declare_interest(request: ActorRequest, case: UUID, *, done: str) -> HttpResponse:
    """POST with `kind`. Raises Invalid without one. `done`: a list; the case itself is not theirs to see any more."""
    told = casework.recuse(case=case, by=request.actor, kind=request.POST.get("kind", ""))
    messages.success(
        request,
        _("Declared. Your colleagues have been told to take this over.")
        if told
        else _("Declared. You no longer handle this matter."),
    )
    return HttpResponseRedirect(done)

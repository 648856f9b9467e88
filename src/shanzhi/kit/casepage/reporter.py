"""Opening who reported: by a click, with a reason, and logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.registers.people.middleware import ActorRequest

MOST = 200


def show_reporter(request: ActorRequest, case: Any, *, page: Callable[[Any], HttpResponse]) -> HttpResponse:
    """POST with `why`: a fragment for htmx, else `page(seen)`. Raises Invalid without a reason."""
    why = request.POST.get("why", "").strip()[:MOST]
    if len(why) < 2:
        raise Invalid({"why": [_("Say in a few words why you need to know. The reporter can read it.")]})
    seen = casework.reporter_of(case, request.actor, why=why)
    if not seen.why_not and casework.sides_of(case):
        seen = replace(seen, parties=tuple(casework.parties_of(case, request.actor, why=why)))
    if request.headers.get("HX-Request") == "true":
        return render(request, "kit/casepage/reporter.html", {"seen": seen})
    return page(seen)

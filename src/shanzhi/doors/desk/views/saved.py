"""Keeping, renaming and removing one's own filters."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shanzhi.doors.desk import saved
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.kit.casepage import on_duty
from shanzhi.registers.people.middleware import ActorRequest

LONGEST = 4000


@require_POST
@on_duty
def keep(request: ActorRequest) -> HttpResponse:
    query = QueryDict(request.POST.get("query", "")[:LONGEST])

    def run() -> str:
        made, new = saved.save(by=request.actor, name=request.POST.get("name", ""), query=query)
        text = _("Saved as “%(name)s”.") if new else _("“%(name)s” now holds this filter.")
        return text % {"name": made.name}

    return _done(request, run, saved.tidy(query))


@require_POST
@on_duty
def rename(request: ActorRequest, id: UUID) -> HttpResponse:
    def run() -> str:
        made = saved.rename(by=request.actor, id=id, name=request.POST.get("name", ""))
        return _("It is called “%(name)s” now.") % {"name": made.name}

    return _done(request, run, request.POST.get("query", ""))


@require_POST
@on_duty
def remove(request: ActorRequest, id: UUID) -> HttpResponse:
    def run() -> str:
        gone = saved.remove(by=request.actor, id=id)
        return _("“%(name)s” is removed.") % {"name": gone.name}

    return _done(request, run, request.POST.get("query", ""))


def _done(request: ActorRequest, run: Callable[[], str], query: str) -> HttpResponse:
    """Back to the search, with a word of what happened."""
    try:
        messages.success(request, run())
    except Invalid as refusal:
        messages.error(request, str(refusal.message))
    query = saved.tidy(QueryDict(query[:LONGEST]))
    return HttpResponseRedirect(reverse("desk:search") + (f"?{query}" if query else ""))

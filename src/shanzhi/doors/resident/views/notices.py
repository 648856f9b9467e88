"""What I was told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shanzhi.doors.resident.pages import page
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Denied
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.messages import queries, services
from shanzhi.kit.casepage import title_of
from shanzhi.registers.people.middleware import ActorRequest


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1


@never_cache
@require_safe
def notices(request: ActorRequest) -> HttpResponse:
    by = request.actor
    found = queries.notices_of(by.person, _number(request.GET.get("page", ""))) if by.person else None
    matters = matters_of(found.notices, by) if found else {}
    rows = [
        {
            "id": row.id,
            "text": pick(row.text),
            "at": row.at,
            "new": row.read_at is None,
            "link": row.link,
            "synthetic": row.synthetic,
            "matter": matters.get(row.about, ""),
        }
        for row in (found.notices if found else ())
    ]
    return page(request, "notices", {"rows": rows, "found": found, "now": timezone.now().isoformat()})


def matters_of(notices: Iterable[Any], by: Actor) -> dict[UUID | None, str]:
    """Case → its title, to tell alike sentences apart. Nothing of what is protected, or not open to the reader any more."""
    about = [row.about for row in notices if row.about and not row.protected]
    return {case.id: title_of(case) for case in casework.visible_cases(by).filter(id__in=about).defer("grams")}


@require_POST
def open_notice(request: ActorRequest, id: UUID) -> HttpResponse:
    """Read, and on to what it is about."""
    by = request.actor
    services.mark_read(notices=[id], by=by)
    # The address comes from our own row, never from the form: a form could lead anywhere.
    return redirect(queries.link_of(id, by.person) or "resident:notices")


@require_POST
def read_all(request: ActorRequest) -> HttpResponse:
    by = request.actor
    if not by.signed_in:
        raise Denied(_("Sign in to see your messages."))
    services.mark_all_read(by=by, until=parse_datetime(request.POST.get("until", "")) or timezone.now())
    return redirect("resident:notices")

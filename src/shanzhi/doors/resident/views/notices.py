"""What I was told."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shanzhi.doors.resident.pages import page
from shanzhi.foundation.base.refusals import Denied
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.messages import queries, services
from shanzhi.registers.people.middleware import ActorRequest


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1


@never_cache
@require_safe
def notices(request: ActorRequest) -> HttpResponse:
    by = request.actor
    found = queries.notices_of(by.person, _number(request.GET.get("page", ""))) if by.person else None
    rows = [
        {
            "id": row.id,
            "text": pick(row.text),
            "at": row.at,
            "new": row.read_at is None,
            "link": row.link,
            "synthetic": row.synthetic,
        }
        for row in (found.notices if found else ())
    ]
    return page(request, "notices", {"rows": rows, "found": found, "now": timezone.now().isoformat()})


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

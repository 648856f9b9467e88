"""My reports: what I sent and what I follow."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shanzhi.doors.resident.pages import page
from shanzhi.doors.resident.shown import cards
from shanzhi.engines.casework import queries as casework
from shanzhi.programmes.reporting import queries as reporting
from shanzhi.registers.people.middleware import ActorRequest

PER_PAGE = 12


@require_safe
def reports(request: ActorRequest) -> HttpResponse:
    by = request.actor
    text, view = request.GET.get("q", "").strip()[:60], request.GET.get("view", "open")
    every = reporting.my_reports(by)
    if text:
        every = every.filter(pk__in=casework.search(by, text).order_by().values("pk"))
    counts = every.order_by().aggregate(all=Count("pk"), open=Count("pk", filter=Q(closed_at=None)))
    counts["closed"] = counts["all"] - counts["open"]
    if view not in counts or ("view" not in request.GET and not counts["open"]):
        view = "all"
    chosen = every if view == "all" else every.filter(closed_at__isnull=view == "open")
    pages = Paginator(chosen, PER_PAGE)
    pages.count = counts[view]  # counted above already
    shown = pages.get_page(request.GET.get("page"))
    options = [
        ("open", _("Under way"), counts["open"]),
        ("closed", _("Finished"), counts["closed"]),
        ("all", _("All"), counts["all"]),
    ]
    values = {"cards": cards(shown), "shown": shown, "options": options, "view": view, "q": text, "any": counts["all"]}
    return page(request, "reports", values, tab="reports")

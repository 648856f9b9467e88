"""The first page: report something, see how mine stand, see what the city got done."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from shanzhi.doors.resident import catalogue
from shanzhi.doors.resident.city import City, city, figures
from shanzhi.doors.resident.pages import page
from shanzhi.doors.resident.shown import cards
from shanzhi.foundation.base.texts import pick
from shanzhi.programmes.reporting import queries as reporting
from shanzhi.registers.people.middleware import ActorRequest

LATEST = 3


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    by, here = request.actor, city()
    mine = reporting.my_reports(by)
    latest = cards(mine[:LATEST])
    values = {
        "city": here,
        "mine": latest,
        "open": mine.filter(closed_at=None).count() if latest else 0,
        "done": figures_of(here),
    }
    return page(request, "home", values, tab="home")


def figures_of(here: City | None) -> dict | None:
    if here is None:
        return None
    found = figures(here.place)
    titles = catalogue.titles(here.place)
    kinds = [(pick(titles[name]), n) for name, n in found["kinds"].items() if name in titles]
    return {**found, "kinds": kinds} if found["any"] else None

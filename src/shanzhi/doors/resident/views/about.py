"""What this is, what it keeps, and what it never does."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from shanzhi.doors.resident.city import city
from shanzhi.doors.resident.pages import page
from shanzhi.registers.people.middleware import ActorRequest


@require_safe
def how(request: ActorRequest) -> HttpResponse:
    return page(request, "how", {"city": city()})


@require_safe
def privacy(request: ActorRequest) -> HttpResponse:
    return page(request, "privacy")


@require_safe
def boundaries(request: ActorRequest) -> HttpResponse:
    return page(request, "boundaries")

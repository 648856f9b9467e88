"""What this is, what it keeps, and what it never does."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shanzhi.doors.resident.city import city
from shanzhi.doors.resident.pages import page


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    return page(request, "how", {"city": city()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return page(request, "privacy")


@require_safe
def boundaries(request: HttpRequest) -> HttpResponse:
    return page(request, "boundaries")

"""Addresses of the kit's own tests: each refuses in its way."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shanzhi.foundation.base.refusals import Boundary, Conflict, Denied, Invalid, NotFound

REFUSALS = {
    "denied": Denied("Not yours."),
    "not-found": NotFound("No such case."),
    "conflict": Conflict("Li Na sent it on.", advice="Look again."),
    "invalid": Invalid({"words": ["Say what is wrong."]}),
    "boundary": Boundary(13, "Reporters stay unseen.", source="Regulations on Petitions, art. 18"),
}


@csrf_exempt
def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    raise REFUSALS[kind]


def fault(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("refuse/<str:kind>", refuse),
    path("api/refuse/<str:kind>", refuse),
    path("fault", fault),
    path("cases/7/closure", require_POST(fault)),
    path("kit/", include("shanzhi.kit.urls")),
    path("", include("shanzhi.kit.root_urls")),
]
handler404 = "shanzhi.kit.errors.not_found"
handler403 = "shanzhi.kit.errors.denied"
handler500 = "shanzhi.kit.errors.broken"

"""Small views of the api door that answer with bytes, not with JSON."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from shanzhi.foundation.base.refusals import NotFound
from shanzhi.registers.evidence import queries as evidence


@require_safe
def file(request: HttpRequest, token: str) -> HttpResponseBase:
    """A photo or paper behind a signed, short-lived address; whoever made the address has checked permission."""
    try:
        return evidence.respond(token, request)
    except NotFound as refusal:
        return HttpResponse(str(refusal.message), status=404, content_type="text/plain; charset=utf-8")

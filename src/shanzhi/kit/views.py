"""Display choices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .context import THEMES, TYPES

YEAR = 60 * 60 * 24 * 365


@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Keeps theme and type size in cookies, for visitors without an account too, then goes back."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    for field, cookie, allowed in (("theme", "sz_theme", THEMES), ("type", "sz_type", TYPES)):
        if field not in request.POST:
            continue
        value = request.POST[field]
        if value in allowed:
            response.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=request.is_secure())
        else:
            response.delete_cookie(cookie, samesite="Lax")
    return response

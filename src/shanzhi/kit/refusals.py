"""A Refusal as the visitor needs it: a page, a fragment for htmx, or problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from shanzhi.foundation.base.refusals import Boundary, Invalid, Refusal

PAGES = {403, 404, 409, 422}
# Never shown back: not even to the one who typed them, the screen may be seen by others.
SECRET = ("password", "code", "token", "csrf", "secret")
SHOWN_AT_MOST = 10_000


def title(status: int, code: str = "") -> str:
    if code.startswith("boundary"):
        return _("Shanzhi does not do this")
    if code == "wrong-method":
        return _("This address works another way")
    return {
        400: _("This request could not be read"),
        401: _("Nobody is signed in"),
        403: _("You cannot do this"),
        404: _("This page is not here"),
        405: _("There is nothing to read here"),
        409: _("Someone got there first"),
        422: _("Something needs another look"),
        429: _("A little slower, please"),
        500: _("Something broke on our side"),
    }.get(status, _("This did not work"))


def of_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def wants_json(request: HttpRequest) -> bool:
    if of_api(request):
        return True
    return request.get_preferred_type(["text/html", "application/json", "application/problem+json"]) not in (
        None,
        "text/html",
    )


def problem(status: int, code: str, detail: str, **more: Any) -> JsonResponse:
    """Problem details: type, title, status, detail, code, and what else is known (advice, fields)."""
    body = {"type": f"/problems/{code}", "title": title(status, code), "status": status, "detail": detail, "code": code}
    body |= {name: value for name, value in more.items() if value}
    return JsonResponse(
        body, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    fields = (
        {name: [str(text) for text in texts] for name, texts in refusal.fields.items()}
        if isinstance(refusal, Invalid)
        else {}
    )
    if wants_json(request):
        return problem(refusal.status, refusal.code, str(refusal.message), advice=str(refusal.advice), fields=fields)
    values = {
        "title": title(refusal.status, refusal.code),
        "message": refusal.message,
        "advice": "" if isinstance(refusal, Boundary) else refusal.advice,
        "source": refusal.source if isinstance(refusal, Boundary) else "",
        "fields": fields,
        "status": refusal.status,
    }
    if asks_part(request):
        return fragment(values)
    page = refusal.status if refusal.status in PAGES else "other"
    kept = typed(request) if refusal.status in (400, 409, 422, 429) else []
    return render(
        request, f"kit/refusals/{page}.html", values | {"kept": kept, "again": here(request)}, status=refusal.status
    )


def asks_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def fragment(values: dict[str, Any]) -> HttpResponse:
    """For htmx: the page stays as it is, with everything typed in it, and a dialog says what happened."""
    response = HttpResponse(get_template("kit/refusals/fragment.html").render(values), status=values["status"])
    response.headers["HX-Retarget"] = "#sz-refusal-body"
    response.headers["HX-Reswap"] = "innerHTML"
    response.headers["HX-Push-Url"] = "false"
    return response


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the visitor wrote in the form that was refused: (name, text). Ids and secrets are left out."""
    rows = []
    for name, texts in request.POST.lists():
        if any(word in name.lower() for word in SECRET) or name in ("next", "key", "expect", "action"):
            continue
        rows += [(name, text[:SHOWN_AT_MOST]) for text in texts if len(text.strip()) > 1 and not _is_id(text)]
    return rows


def _is_id(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4


def here(request: HttpRequest) -> str:
    """Where the visitor came from, if that was one of our own pages."""
    from urllib.parse import urlsplit

    from django.utils.http import url_has_allowed_host_and_scheme

    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(referer)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return "/"

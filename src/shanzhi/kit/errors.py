"""handler404, handler403, handler500, the page of a failed CSRF check, and of an address that only takes what a form sends."""

from __future__ import annotations

from inspect import getclosurevars, isfunction
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .refusals import asks_part, fragment, here, of_api, problem, title, typed, wants_json

RECORDED = gettext_lazy("The fault has been recorded. Nothing was half done; try again in a few minutes.")


def _page(request: HttpRequest, status: int, code: str, message: str, template: str, **more: object) -> HttpResponse:
    if wants_json(request):
        return problem(status, code, message)
    values = {"title": title(status), "message": message, "status": status, "again": here(request), **more}
    if asks_part(request):
        return fragment(values)
    return render(request, f"kit/refusals/{template}.html", values, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    message = _("The address may be mistyped, or what it named has been moved, or is not open to you.")
    return _page(request, 404, "not-found", message, "404")


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, "denied", _("This part is open only to those whose work it is."), "403")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400, "bad-request", _("Go back, reload the page and try once more."), "other")


def only_sent(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """Somebody opens the address of a deed: reloaded, kept as a bookmark, or led back there by signing in. Its form is on a page above it."""
    above = page_above(request.path)
    if asks_part(request) or wants_json(request):
        message = _(
            "This address only takes what a form sends. Nothing was sent; open the page and send it from there."
        )
        shown = _page(request, 405, "only-sent", message, "other", again=above)
        shown.headers["Allow"] = refused.headers["Allow"]
        return shown
    messages.info(request, _("Nothing was sent. Sign in, open the case and send it there."))
    match = request.resolver_match
    deed = (match.kwargs.get("noun") or match.kwargs.get("action")) if match else None
    shown = redirect(f"{above}?do={deed}" if deed else above)
    shown.headers["Cache-Control"] = "no-store"  # the next time something may have been sent
    return shown


def page_above(path: str) -> str:
    """The nearest address above that shows a page: not every part of an address is one."""
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            view = resolve(path).func
        except Resolver404:
            continue
        if view is not not_found and _shows(view):
            return path
    return "/"


def _shows(view: Any) -> bool:
    """Whether it takes GET, as far as Django's own decorators say."""
    while view is not None:
        if isfunction(view) and (takes := getclosurevars(view).nonlocals.get("request_method_list")):
            return "GET" in takes
        view = getattr(view, "__wrapped__", None)
    return True


def wrong_method(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """For programs: which methods the address takes, in the header and in words."""
    takes = ", ".join(sorted(part.strip() for part in refused.headers["Allow"].split(",")))
    message = _("%(method)s is not possible at this address. It takes %(takes)s.")
    shown = problem(405, "wrong-method", message % {"method": request.method, "takes": takes})
    shown.headers["Allow"] = takes
    return shown


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    message = _(
        "The page was open too long, or cookies are off. Nothing was changed. Open the page again and send once more."
    )
    return _page(request, 403, "stale-page", message, "stale", kept=typed(request))


def broken(request: HttpRequest) -> HttpResponse:
    """Uses nothing that may itself be broken: no database, no session."""
    if of_api(request):
        return problem(500, "fault", str(RECORDED))
    if asks_part(request):
        return fragment({"title": title(500), "message": RECORDED, "status": 500})
    return HttpResponse(get_template("kit/refusals/500.html").render({"title": title(500)}), status=500)

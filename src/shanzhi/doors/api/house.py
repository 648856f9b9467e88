"""The JSON API: who asks, and how it says no. The same permission as the pages: objects come only through casework."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import APIKeyCookie

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.foundation.language.unreadable import NOT_JSON, why_not
from shanzhi.kit.refusals import answer, problem


class SignedIn(APIKeyCookie):
    """The session of the pages. Writes need the token against forgery, as forms do (header X-CSRFToken)."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor if actor.signed_in else None


class House(NinjaAPI):
    _described: dict[tuple[str, str | None], OpenAPISchema] = {}

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Made once for each language: it takes longer than any page, and whoever likes may ask for it."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        key = prefix, get_language()
        if key not in self._described:
            self._described[key] = self._describe(prefix)
        return self._described[key]

    def _describe(self, prefix: str) -> OpenAPISchema:
        """Ninja takes every answer for plain JSON; refusals have a type of their own."""
        described = super().get_openapi_schema(path_prefix=prefix)
        for ways in described["paths"].values():
            for way in ways.values():
                for status, said in way["responses"].items():
                    if int(status) >= 400 and "application/json" in said.get("content", {}):
                        said["content"]["application/problem+json"] = said["content"].pop("application/json")
        return described


api = House(
    title="Shanzhi 善治",
    version="1",
    description=(
        "Cases as the pages show them: to read, to report and to move on. Sign in on the pages; send the session's cookie, and with writes the "
        "token of the cookie `csrftoken` as header `X-CSRFToken`. What is refused is answered as problem details (RFC 9457)."
    ),
    urls_namespace="cases-api",
    openapi_url="openapi.json",
    docs_url=None,  # its page would load scripts from another host
    auth=SignedIn(),
)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal | type[Refusal]) -> HttpResponse:
    assert isinstance(refusal, Refusal)
    return answer(request, refusal)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(401, "signed-out", _("Please sign in first."))


@api.exception_handler(HttpError)
def broken_off(request: HttpRequest, error: Any) -> HttpResponse:
    """Ninja's own words are English: a missing token, and a body that is no JSON."""
    if error.status_code == 403:
        return problem(
            403, "forgery", _("This request did not come from our own pages. Reload the page and send it again.")
        )
    return problem(error.status_code, "unreadable", str(NOT_JSON), advice=_("Send JSON in UTF-8: an object."))


@api.exception_handler(Http404)
def missing(request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(404, "not-found", _("There is nothing at this address."))


OURS = ("sent", "asked")  # names of our parameters: no part of what the sender wrote


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """`fields`: by dotted name, for people. `errors`: by place, for programs; `pointer` is a JSON pointer into the body."""
    fields: dict[str, list[str]] = {}
    errors: list[dict[str, str]] = []
    for found in error.errors:
        source, *rest = found["loc"]
        path = [str(part) for part in rest if part not in OURS]
        detail = why_not(found)
        fields.setdefault(".".join(path) or source, []).append(detail)
        errors.append({"detail": detail, **_place(source, path)})
    return problem(422, "invalid", _("Some of what was sent cannot be used."), fields=fields, errors=errors)


def _place(source: str, path: list[str]) -> dict[str, str]:
    if source == "body":
        return {"pointer": "#" + "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in path)}
    return {"in": source, "name": ".".join(path)}

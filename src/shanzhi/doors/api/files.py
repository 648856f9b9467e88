"""Photos in and out. What comes in belongs to nobody's matter yet; what goes out has a signed, short-lived address."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shanzhi.foundation.base.refusals import Invalid, NotFound
from shanzhi.kit.limits import count
from shanzhi.registers.evidence import queries as evidence
from shanzhi.registers.evidence import services
from shanzhi.registers.people.middleware import ActorRequest, know_visitor

PER_HOUR, PER_HOUR_FROM_ADDRESS = 60, 600


@require_POST
def upload(request: ActorRequest) -> JsonResponse:
    """Multipart `file`, and `id`: a UUIDv7 made by the sender, so that a retry gives the same answer.

    201 {id, kind, url, thumb, width, height, taken_at, position}; problem details otherwise (409, 422, 429).
    """
    know_visitor(request)
    count(request, "upload", most=PER_HOUR, most_from_address=PER_HOUR_FROM_ADDRESS)
    sent = request.FILES.get("file")
    if sent is None:
        raise Invalid({"file": [_("No photo arrived. Please choose it again.")]})
    file = services.keep(upload=sent, by=request.actor, id=_id(request.POST.get("id", "")))
    return JsonResponse(_kept(file), status=201)


@require_safe
def kept(request: ActorRequest, id: UUID) -> JsonResponse:
    """A photo that this visitor sent and has not used yet: for a page that was left and opened again."""
    file = evidence.access_file(id, by=request.actor, may=lambda _file: False)
    return JsonResponse(_kept(file))


@require_safe
def file(request: ActorRequest, token: str) -> HttpResponseBase:
    """A photo or paper behind a signed, short-lived address; whoever made the address has checked permission."""
    try:
        return evidence.respond(token, request)
    except NotFound as refusal:
        return HttpResponse(str(refusal.message), status=404, content_type="text/plain; charset=utf-8")


def _id(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise Invalid({"id": [_("This upload has no proper number. Please choose the photo again.")]}) from error


def _kept(file: Any) -> dict[str, Any]:
    position = file.taken_position
    return {
        "id": str(file.id),
        "kind": file.kind,
        "url": evidence.url(file),
        "thumb": evidence.url(file, "thumb"),
        "width": file.width,
        "height": file.height,
        "taken_at": file.taken_at.isoformat() if file.taken_at else None,
        "position": {"lon": position[0], "lat": position[1]} if position else None,
    }

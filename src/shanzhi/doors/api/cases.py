"""Cases: list, one, a report, an action. The sender may name a request by the header Idempotency-Key: repeated, it happens once."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Header, Path, Query, Status

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.kit.limits import count
from shanzhi.programmes.reporting import services as reporting
from shanzhi.registers.people.middleware import ActorRequest
from shanzhi.registers.places import queries as places

from . import showing
from .house import api
from .shapes import Asked, Case, Doing, Problem, Report, Row, Rows

PER_HOUR, PER_HOUR_FROM_ADDRESS = 20, 200  # as on the page: reports of one person
Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]
Noun = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
READ: dict[Any, Any] = {401: Problem, 404: Problem, 422: Problem}
WRITE = READ | {400: Problem, 403: Problem, 409: Problem, 429: Problem}


@api.get("/cases", response={200: Rows} | READ, summary="The cases that you may see, newest first")
def listed(request: ActorRequest, asked: Query[Asked]) -> Any:
    # A misspelt filter must not look like a result.
    if unknown := sorted(request.GET.keys() - Asked.model_fields.keys()):
        raise Invalid({name: [_("There is no such filter: %(name)s.") % {"name": name}] for name in unknown})
    names = (
        "state",
        "category",
        "procedure",
        "urgency",
        "waits_for",
        "unit",
        "open",
        "opened_from",
        "opened_until",
        "due_before",
    )
    filters = {name: getattr(asked, name) for name in names}
    if asked.place:
        filters["place_path"] = places.place(asked.place).path
    found = casework.search_page(request.actor, asked.q, filters, after=asked.after, limit=asked.limit)
    moment = showing.now()
    return {"cases": [showing.row(case, moment) for case in found.cases], "next": found.next}


@api.get("/cases/{uuid:id}", response={200: Case} | READ, summary="One case: how it stands, its story, what you can do")
def one(request: ActorRequest, id: UUID) -> Any:
    return showing.whole(casework.access_case(id, by=request.actor), request.actor)


@api.post("/cases", response={201: Row} | WRITE, summary="Report something as a resident")
def reported(request: ActorRequest, response: HttpResponse, sent: Report, key: Key = None) -> Any:
    count(request, "report", most=PER_HOUR, most_from_address=PER_HOUR_FROM_ADDRESS)
    at = sent.position
    made = reporting.report(
        id=sent.id, by=request.actor, words=sent.words, category=sent.category or None, place=sent.place, spot=sent.spot, files=sent.files,
        position=reporting.Position(at.lon, at.lat, at.datum) if at else None, name=sent.name, phone=sent.phone,
        subject_unit=sent.about_unit, key=key,
    )  # fmt: skip
    response["Location"] = f"/api/cases/{made.case.id}"
    return Status(201, showing.row(made.case, showing.now()))


@api.post(
    "/cases/{uuid:id}/{action}", response={200: Row} | WRITE, summary="Do one of the actions that the case offers you"
)
def done(request: ActorRequest, id: UUID, action: Noun, sent: Doing, key: Key = None) -> Any:
    """`action` is a noun of the case's procedure, as `actions` of the case lists them: registration, dispatch, acceptance …"""
    by = request.actor
    files = [services.Attached(one.file, one.moment) for one in sent.files]
    if sent.into is not None:
        made = _joined(request, id, action, sent, key)
    else:
        made = services.act(
            case=id, action=action, by=by, fields=sent.fields, files=files, expect=sent.expect, key=key, unseen=False
        )
    return showing.row(casework.hush(made, by), showing.now())


def _joined(request: ActorRequest, id: UUID, action: str, sent: Doing, key: str | None) -> Any:
    by, into = request.actor, sent.into
    case = casework.access_case(id, by=by)
    doing = casework.procedure_of(case).actions.get(action)
    if into is None or doing is None or doing.effect != "join":
        raise Invalid({"into": [_("Only the action that joins two cases takes this.")]})
    return services.join(
        case=id, into=casework.access_case(into, by=by).id, by=by, fields=sent.fields, expect=sent.expect, key=key
    )

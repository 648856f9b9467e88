"""Opening a case: the report becomes a matter with a number, a place and a running clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.base.statements import ask
from shanzhi.foundation.journal.services import append, command
from shanzhi.registers.evidence import services as evidence
from shanzhi.registers.places import queries as places

from . import moving, proof, turning
from .division import reported_as
from .documents import Procedure
from .facts import CaseOpened
from .fetching import fetch
from .following import party, token_for
from .grams import grams
from .models import Case, Party, Step
from .number import candidates
from .openable import opened_by, opens_as
from .proof import Attached
from .relations import Standing
from .text_of import text_at
from .topics import other_words
from .writing import insert


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports. `person` with an account; else name and phone as far as given."""

    person: UUID | None = None
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    case: Case
    follow_token: str  # "" for a reporter with an account


def open_case(
    *,
    id: UUID,
    procedure: str,
    place: UUID,
    words: str,
    by: Actor,
    category: str | None = None,
    position: tuple[float, float] | None = None,
    spot: str = "",
    files: Iterable[UUID | Attached] = (),
    reporter: Reporter | None = None,
    subject_unit: UUID | None = None,
    source: str = "resident",
    parent: UUID | None = None,
    key: str | UUID | None = None,
    state: str | None = None,
    unit: UUID | None = None,
    topic: str = "",
) -> Opened:
    """Open a case. `id` is made by the client: sending it again gives the same case. `position`: (lon, lat) in WGS-84.
    `topic`: what the words begin with, where the house wrote it (see topics.py).
    `state` and `unit`: where a part of a divided case begins, and with whom; for the house alone.

    Raises Invalid, Denied, NotFound, Conflict (the id stands for another report; no playbook for the place).
    """
    given = proof.attached(files, "before")
    body = {
        "id": id, "procedure": procedure, "place": place, "words": words, "category": category, "position": position,
        "spot": spot, "files": [str(one) for one in given], "subject": subject_unit, "source": source,
    }  # fmt: skip
    with command("case.open", by=by, key=key or f"case:{id}", body=body) as run:
        if run.replayed:
            token = token_for(UUID(run.result["party"])) if run.result.get("party") else ""
            return Opened(fetch(UUID(run.result["case"])), token)
        case, text, catalogue = _case(id, procedure, place, words, category, position, spot, source, by, topic)
        case.subject_unit_id, case.parent_id = subject_unit, parent
        if by.system:
            case.state, case.unit_id = state or text.start.state, unit
        stands = _standing(case, text, by, source)
        opened = _store(case, text, catalogue, stands, by, reporter, given)
        run.result = {"case": str(case.id)}
        if opened.follow_token:
            run.result["party"] = str(case.reporter_party)
        return opened


def _case(
    id: UUID, procedure: str, place_id: UUID, words: str, category: str | None,
    position: tuple[float, float] | None, spot: str, source: str, by: Actor, topic: str,
) -> tuple[Case, Procedure, Any]:  # fmt: skip
    place = places.place(place_id)
    version = text_at(place)
    text, catalogue = version.document("procedures", procedure), version.document("categories")
    if text is None:
        raise NotFound(_("The playbook of this place has no such procedure."))
    item = catalogue.item(category) if catalogue and category else None
    if category and item is None:
        raise Invalid({"category": [_("Please choose one of the list.")]})
    at = now()
    lon, lat = position or (None, None)
    case = Case(
        id=id, version_id=version.id, procedure=procedure, category=category or "", place=place, lon=lon, lat=lat,
        urgency=item.urgency if item else "normal", spot=spot, words=words, topic=topic, source=source,
        opened_at=at, changed_at=at, synthetic=by.synthetic, live=by.live, number=_number(id, at, catalogue),
    )  # fmt: skip
    case.grams = grams(words, spot, *other_words(case))
    case.reporters, case.sides = [], {}  # nobody yet: who opens is judged by `start.by`
    return case, text, catalogue


def _number(id: UUID, at: datetime, catalogue: Any) -> str:
    options = list(candidates(id, at, catalogue.numbers if catalogue else "SZ"))
    taken = dict(ask("SELECT number, id FROM casework_case WHERE number = ANY (%s::varchar[])", [options]))
    if id in taken.values():
        raise Conflict(_("This report was already sent with other content. Please begin a new one."), code="id-taken")
    return next(option for option in options if option not in taken)


def _standing(case: Case, text: Procedure, by: Actor, source: str) -> Standing:
    stands = opens_as(case, text, by, source)
    if stands is None:
        whom = opened_by(text, case.place)
        raise Denied(
            _("You may not open this kind of matter. Please turn to: %(whom)s.") % {"whom": whom}
            if whom
            else _("You may not open this kind of matter.")
        )
    return stands


def _store(
    case: Case, text: Procedure, catalogue: Any, stands: Standing, by: Actor, reporter: Reporter | None,
    given: list[Attached],
) -> Opened:  # fmt: skip
    at, post = case.opened_at, stands.post
    begin = case.state or text.start.state
    step = Step(
        case=case, seq=1, action="", to_state=begin, to_unit_id=case.unit_id, part=text.start.part or "", relation=stands.relation, at=at,
        person_id=by.person if post else None, post_id=post.id if post else None, unit_id=post.unit if post else None,
    )  # fmt: skip
    case.touched = 1
    if post:
        case.involved = [post.unit] if text.keeps(post.role) else []
        case.parts = {step.part: [str(by.person)]} if step.part else {}
    case.involved = [*case.involved, *([case.unit_id] if case.unit_id else [])]
    turning.enter(case, text, begin)
    clock = turning.begin(case, text, catalogue, at)
    rows: list[Model | None] = [case, step, clock, *proof.rows(case, step, given)]
    token = ""
    who = reporter or (Reporter(by.person, by.name) if by.person or not by.system else None)
    if who is not None:
        # Derived: a retry may come before the first answer was stored.
        case.reporter_party = reported_as(case.id)
        made, token = party(
            case, Party.Relation.REPORTER, person=who.person, name=who.name, phone=who.phone,
            at=at, id=case.reporter_party,
        )  # fmt: skip
        # An officer who reports on duty is no party to what they report.
        made.side = Party.Side.A if text.sided and not (post and who.person == by.person) else ""
        rows.append(made)
        case.reporters = [who.person] if who.person else []  # as `fetch` would find it
        case.sides = {str(who.person or made.id): made.side} if made.side else {}
    case.asked = None  # type: ignore[attr-defined]
    case.earlier_photos = sum(one.moment in ("before", "spot") for one in given)  # type: ignore[attr-defined]
    evidence.attach(files=[one.file for one in given], by=by, keep_position=stands.on_duty)
    insert([row for row in rows if row is not None])
    fact = CaseOpened(
        case=case.id, playbook_version=case.version_id, procedure=case.procedure, state=case.state, category=case.category or None,
        urgency=case.urgency, source=case.source, files=len(given), parent=case.parent_id, synthetic=case.synthetic,
        unit=case.unit_id,
    )  # fmt: skip
    append(fact, about=case.id, by=moving.acting_as(by, stands), place=case.place_id, at=at)
    return Opened(case, token)

"""What cases keep about one person: to take along, to correct. Only what is theirs: of others' reports that they follow, no words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Denied
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.journal.services import as_actor, command
from shanzhi.registers.places import queries as places

from .erasing import digits
from .models import Case, CaseFile, Consent, Party, Rating, Step
from .sentences import category_title, state_title
from .text_of import procedure_of
from .timeline import own_words
from .told_lines import told_lines

REPORTER = Party.Relation.REPORTER


def own_data(*, by: Actor) -> list[dict[str, Any]]:
    """Ready for JSON, newest first: reports with all that was written and rated, matters followed, disputes one is a party to."""
    person = _person(by)
    with as_actor(by):
        parties = list(Party.objects.filter(person=person).select_related("case__place", "case__unit").order_by("-at"))
    cases = [party.case_id for party in parties]
    own = [party.case_id for party in parties if party.relation == REPORTER]
    steps, ratings, files, consents = _steps(own), _ratings(own), _files(own), _consents(cases)
    return [
        _followed(party)
        | (_reported(party, steps, ratings, files) if party.relation == REPORTER else {})
        | _side(party, consents)
        for party in parties
    ]


def correct_contact(*, by: Actor, name: tuple[str, str] = ("", ""), phone: tuple[str, str] = ("", "")) -> int:
    """(before, after): what was given with own matters follows a correction; another name or number given there stays."""
    person, changed = _person(by), 0
    with command("casework.correct_contact", by=by):
        mine = Party.objects.filter(person=person)
        if all(name) and name[0] != name[1]:
            changed += mine.filter(name=name[0]).update(name=name[1])
        if all(phone) and phone[0] != phone[1]:
            changed += mine.filter(phone__in=[phone[0], *digits(phone[0])]).update(phone=phone[1])
    return changed


def _person(by: Actor) -> UUID:
    if by.person is None:
        raise Denied(_("Sign in to see your data."))
    return by.person


def _followed(party: Party) -> dict[str, Any]:
    case = party.case
    return {
        "number": case.number, "address": f"/case/{case.number}/", "as": party.relation, "since": party.at.isoformat(),
        "name_given": party.name, "number_given": party.phone, "kind": category_title(case), "state": state_title(case),
        "place": places.marked_name(case.place, 4), "closed_at": case.closed_at and case.closed_at.isoformat(),
    }  # fmt: skip


def _reported(party: Party, steps: Any, ratings: Any, files: Any) -> dict[str, Any]:
    case = party.case
    return {
        "words": case.said, "spot": case.spot, "position": None if case.lon is None else {"lon": case.lon, "lat": case.lat},
        "handled_by": pick(case.unit.name) if case.unit else "", "photos": files.get(case.id, []), "ratings": ratings.get(case.id, []),
        "said_later": [_said(case, step) for step in steps.get(case.id, [])],
    }  # fmt: skip


def _said(case: Case, step: Step) -> dict[str, Any]:
    action = procedure_of(case).actions.get(step.action)
    shown = (
        []
        if action is None
        else [{"title": title, "value": value} for title, value in told_lines(own_words(case, action, step))]
    )
    return {
        "at": step.at.isoformat(), "what": pick(action.past) if action else step.action, "fields": step.fields,
        "shown": shown,
    }  # fmt: skip


def _side(party: Party, consents: Any) -> dict[str, Any]:
    if not party.side:
        return {}
    return {
        "side": party.side,
        "consents": [row for side, row in consents.get(party.case_id, []) if side == party.side],
    }


def _steps(cases: list[UUID]) -> dict[UUID, list[Step]]:
    found: dict[UUID, list[Step]] = {}
    for step in Step.objects.filter(case__in=cases, relation="reporter").exclude(action="").order_by("seq"):
        found.setdefault(step.case_id, []).append(step)
    return found


def _ratings(cases: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {}
    for one in Rating.objects.filter(case__in=cases).order_by("at"):
        row = {"at": one.at.isoformat(), "stars": one.stars, "reasons": one.reasons, "words": one.words}
        found.setdefault(one.case_id, []).append(row)
    return found


def _files(cases: list[UUID]) -> dict[UUID, list[dict[str, str]]]:
    """Photos that came with the report itself or with what the reporter did later."""
    found: dict[UUID, list[dict[str, str]]] = {}
    # Who reports does so as anybody; what anybody does later may be somebody else's.
    theirs = Q(step__relation="reporter") | Q(step__relation="anyone", step__action="")
    sent = CaseFile.objects.filter(theirs, case__in=cases).select_related("step")
    for one in sent.order_by("step__seq"):
        found.setdefault(one.case_id, []).append({"file": str(one.file_id), "sent_at": one.step.at.isoformat()})
    return found


def _consents(cases: list[UUID]) -> dict[UUID, list[tuple[str, dict[str, Any]]]]:
    found: dict[UUID, list[tuple[str, dict[str, Any]]]] = {}
    for one in Consent.objects.filter(case__in=cases).order_by("at"):
        row = {"at": one.at.isoformat(), "step": one.action, "given": one.given, "how": one.how}
        found.setdefault(one.case_id, []).append((one.side, row))
    return found

"""Two sides in one matter: registering a party, their consent, and another person instead of the present one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Denied, NotFound
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.journal.services import append, as_actor, command
from shanzhi.registers.people.services import record_access, why_case

from .documents import Action
from .documents.procedure import Choice, FormField
from .facts import CaseInvited
from .following import party, token_for
from .forms import Filled
from .models import Case, Consent, Party, Step
from .past import Said, askable, past_of
from .relations import is_reporter, side_of
from .reporters import PURPOSE, may_see_reporter
from .text_of import procedure_of

YES = "yes"


@dataclass(frozen=True, slots=True)
class PartySeen:
    id: UUID
    side: str
    name: str
    phone: str
    by_link: bool  # without an account: may be invited by letter


@dataclass(frozen=True, slots=True)
class Asked:
    """A step that needs both sides, and what each has said. `said`: side → last word that still counts."""

    action: str
    title: str
    said: dict[str, Said]


def new_party(case: Case, step: Step, filled: Filled) -> Party:
    made, _token = party(
        case, Party.Relation.PARTY, person=None, name=filled.private.get("name", ""),
        phone=filled.private.get("phone", ""), at=step.at, id=new_id(),
    )  # fmt: skip
    made.side = filled.values["side"]
    return made


def new_consent(case: Case, step: Step, action: Action, filled: Filled, by: Actor) -> Consent:
    own = step.relation.removeprefix("party:") if step.relation.startswith("party:") else ""
    how = Consent.How.PAPER if action.evidence else Consent.How.PHONE
    if own:
        how = Consent.How.ACCOUNT if by.person and str(by.person) in case.sides else Consent.How.LINK
    return Consent(
        case=case, step=step, at=step.at, side=own or filled.values["side"], action=filled.of_kind(action, "step"),
        given=filled.values["answer"] == YES, how=how,
    )  # fmt: skip


def in_words(case: Case, item: FormField) -> FormField:
    """A field that asks for a step offers those that need consent now."""
    if item.kind != "step":
        return item
    open_ = askable(case, procedure_of(case))
    choices = tuple(Choice(key=name, title=action.asked) for name, action in open_.items())
    return item.model_copy(update={"kind": "choice", "choices": choices})


def consents_of(case: Case) -> list[Asked]:
    """For a case that the caller may see: the steps that wait for both sides' consent from here. No names."""
    procedure = procedure_of(case)
    past = past_of(case, procedure)
    open_ = askable(case, procedure)
    return [Asked(name, pick(action.asked), dict(past.consents.get(name, {}))) for name, action in open_.items()]


def sides_of(case: Case) -> frozenset[str]:
    """Which sides are registered: a, b."""
    return frozenset((getattr(case, "sides", None) or {}).values())


def times_done(case: Case) -> dict[tuple[str, int], int]:
    """(action, stage) → how often it was done in that stage."""
    return dict(past_of(case, procedure_of(case)).times)


def last_draft(case: Case) -> dict[str, Any]:
    """What was written the last time (`effect: draft`), by field: where a correction begins. One statement."""
    return (
        Step.objects.filter(case=case, effect="draft").order_by("-seq").values_list("fields", flat=True).first() or {}
    )


def parties_of(case: Case, by: Actor, *, why: str = "") -> list[PartySeen]:
    """Both sides with name and phone, for those who work on the case; logged. Denied for everybody else, the parties too."""
    if (is_reporter(case, by) or side_of(case, by)) and not by.system:
        raise Denied(_("The other side's name and number stay with the mediators."))
    reason = may_see_reporter(case, by)
    if reason:
        raise Denied(reason)
    with as_actor(by, PURPOSE):
        rows = list(Party.objects.filter(case=case).exclude(side="").order_by("side", "at"))
    for row in rows:
        if row.person_id:
            record_access(by=by, about=row.person_id, why=why or why_case(case.number), fields=["name", "phone"])
    return [PartySeen(row.id, row.side, row.name, row.phone, row.person_id is None) for row in rows]


def linked_sides(case: Case) -> frozenset[str]:
    """Sides with a party without account, who may be invited by letter."""
    sides = getattr(case, "sides", None) or {}
    return frozenset(side for key, side in sides.items() if UUID(key) not in set(case.reporters))


def party_names(case: Case, by: Actor, *, why: str = "") -> dict[str, list[str]]:
    """side → names, without numbers: for papers that both sides sign. To the parties themselves and those who work on it."""
    if not side_of(case, by):
        found: dict[str, list[str]] = {}
        for one in parties_of(case, by, why=why):
            found.setdefault(one.side, []).append(one.name)
        return found
    with as_actor(SYSTEM):
        rows = Party.objects.filter(case=case).exclude(side="").order_by("side", "at")
        found = {}
        for side, name in rows.values_list("side", "name"):
            found.setdefault(side, []).append(name)
    return found


def invite(*, case: Case, party: UUID, by: Actor) -> str:
    """The secret link's token for a party without account, to be handed over in a letter. Each time is a fact."""
    found = next((one for one in parties_of(case, by) if one.id == party and one.by_link), None)
    if found is None:
        raise NotFound(_("There is no such party, or they have an account of their own."))
    with command("casework.invite", by=by):
        append(CaseInvited(case=case.id, party=party), about=case.id, by=by, place=case.place_id)
    return token_for(party)

"""Who reported: shown to those who work on the case and to nobody else; every look is logged."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.journal.services import as_actor
from shanzhi.registers.people.services import record_access, why_case

from .hands import OPEN, as_hand, on_it
from .models import Case, Party
from .relations import PRIVATE, Standing, asked_away, in_subject, is_reporter, standing
from .separation import conflict_barred
from .text_of import procedure_of

PURPOSE = "casework.reporter"


@dataclass(frozen=True, slots=True)
class ReporterSeen:
    """`name` and `phone` as far as given, or `why_not`: a sentence for the page."""

    person: UUID | None = None
    name: str = ""
    phone: str = ""
    why_not: str = ""
    parties: tuple[object, ...] = ()  # of a dispute: PartySeen of both sides


def may_see_reporter(case: Case, by: Actor) -> str:
    """ "" if yes, else why not. Those who may act on the case on duty may; the unit complained about never."""
    if is_reporter(case, by) or by.system:
        return ""
    if in_subject(case, by):
        return _("The report is about your unit: who reported stays hidden from it.")
    actions = procedure_of(case).from_state(case.state).values()
    duties = {one for action in actions for one in action.by} - PRIVATE - {"system"}
    relations = ["handler", *sorted(duties)]
    stands = standing(case, by, relations) or _in_a_part(case, by, relations)
    if stands is None:
        return _("Only those who work on this case see who reported it.")
    if asked_away(case, by):
        return _("A party has asked for somebody else in this matter. Please leave it to a colleague.")
    if conflict_barred(case, by, stands):
        return _("You are too near to this matter: who reported stays hidden.")
    return ""


def _in_a_part(case: Case, by: Actor, relations: list[str]) -> Standing | None:
    """Whoever works on one unit's part that is open works on the case."""
    parts = [hand for hand in on_it(case) if hand.stand in OPEN] if case.hands_on else []
    return next((found for hand in parts if (found := standing(as_hand(case, hand), by, relations))), None)


def reporter_of(case: Case, by: Actor, *, why: str = "") -> ReporterSeen:
    """Writes the access log when a person with an account is shown. `why`: shown in that person's own log."""
    reason = may_see_reporter(case, by) or _strayed(case, by)
    if reason:
        return ReporterSeen(why_not=reason)
    # A reporter by secret link has no key of their own; the link has already proved who they are.
    with as_actor(by if by.key else SYSTEM, PURPOSE):
        party = Party.objects.filter(case=case, relation=Party.Relation.REPORTER).first()
    if party is None or not (party.person_id or party.name or party.phone):
        return ReporterSeen(why_not=_("Nobody is named: the report came without a name."))
    if party.person_id and party.person_id != by.person:
        record_access(by=by, about=party.person_id, why=why or why_case(case.number), fields=["name", "phone"])
    return ReporterSeen(person=party.person_id, name=party.name, phone=party.phone)


def _strayed(case: Case, by: Actor) -> str:
    """Nobody can say whose hands a link is in: where the report is about a unit, the link alone does not name anyone."""
    by_account = by.person is not None and by.person in case.reporters
    if case.subject_unit_id is None or by_account or by.posts or by.system or not by.follows:
        return ""
    return _("The report is about a unit: your name is kept with it, and not shown by the link.")

"""Who may not do this, though their post would let them: parts kept apart, the unit complained about, nearness."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.registers.people import queries as people

from .documents import Action, Procedure
from .models import Case
from .relations import PRIVATE, STEPPED_BACK, Standing, has_done, in_subject, is_reporter, worked_on

APART: dict[str, Promise] = {
    "handle": _("Whoever handled the matter may not check it. Please leave this to a colleague."),
    "check": _("Whoever checked the matter may not handle it. Please leave this to a colleague."),
    "collect": _("Whoever collected the matter may not handle it (「采办分离」). Please leave this to a colleague."),
}


def part_barred(procedure: Procedure, action: Action, case: Case, by: Actor) -> Promise | None:
    """Why the actor is kept apart from this part, or None."""
    if action.effect == "rate" and worked_on(case, by):
        return _("You handled or checked this yourself, so you don't rate it.")
    for part in sorted(procedure.apart_from(action.part)) if action.part else ():
        if has_done(case, by, part) or (part == "collect" and is_reporter(case, by)):
            return APART[part]
    return None


def subject_barred(case: Case, by: Actor, stands: Standing) -> Promise | None:
    if stands.relation not in PRIVATE and in_subject(case, by):
        return _("The report is about your unit, so your unit does not handle it.")
    return None


def at_once(procedure: Procedure, action: Action) -> bool:
    """Handled and closed by one hand in one step, without anybody's check."""
    return action.part == "handle" and action.to is not None and procedure.states[action.to].final


def complaint_barred(procedure: Procedure, action: Action, case: Case) -> Promise | None:
    """A complaint about a unit is looked into by others than whoever happens to be there."""
    if case.subject_unit_id is not None and at_once(procedure, action):
        return _("A complaint about a unit is not settled on the spot. The desk decides who looks into it.")
    return None


def conflict_barred(case: Case, by: Actor, stands: Standing) -> Promise | None:
    """One statement at most, and only for those on duty."""
    if stands.relation in PRIVATE or by.system:
        return None
    if near_to(case, by):
        return _("You are too near to this matter to handle it (reporter, household or declared interest).")
    return None


def near_to(case: Case, by: Actor) -> bool:
    """Asked once for a fetched case: a page asks for each action, and the command fetches the case anew."""
    known = case.__dict__.setdefault("_near", {})
    if by.person not in known:
        known[by.person] = str(by.person) in case.parts.get(STEPPED_BACK, ()) or _near(case, by)
    return known[by.person]


def check_near(case: Case, post: Any) -> None:
    """Raises Invalid where the holder of a post that shall get the case is too near to it. One statement."""
    if near_to(case, Actor(person=post.person_id)):
        raise Invalid({"post": [_("This person has to stay out of the matter. Please choose somebody else.")]})


def _near(case: Case, by: Actor) -> bool:
    # Who collected on duty is no stranger to the matter, and no party to it either.
    persons = {*case.reporters, *map(UUID, getattr(case, "sides", None) or {})}
    near = [person for person in persons if not (person == by.person and has_done(case, by, "collect"))]
    told: tuple[UUID, bool] | None = getattr(case, "_near_to", None)
    # Of all who are concerned, as the case was fetched: to be near to none of them says it of any fewer.
    if told is not None and told[0] == by.person and (not told[1] or len(near) == len(persons)):
        return told[1]
    return people.has_conflict(by, subject_unit=case.subject_unit_id, persons=near)

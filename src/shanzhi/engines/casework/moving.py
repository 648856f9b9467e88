"""Moving a case by one action: what changes on it, and the step that says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Invalid

from .documents import Action, Catalogue, Procedure
from .forms import Filled
from .models import Case, Step
from .relations import Standing
from .separation import check_near
from .timing import basis
from .turning import Turn, enter, turn

# What an action may change; the rest of a case stays as it was opened.
CHANGED = [
    "state", "stage", "waits_for", "category", "urgency", "place", "unit", "post", "taker", "subject_unit", "parts",
    "involved", "changed_at", "warn_at", "due_at", "closed_at", "touched", "live", "hands_on", "hands_done",
]  # fmt: skip

ONE = ("unit", "post", "taker", "nobody")  # several units: handing


def acting_as(by: Actor, stands: Standing) -> Actor:
    """Facts and rows say in which post one acted; a resident acts in none."""
    return replace(by, post=stands.post)


def step_of(case: Case, name: str, action: Action, stands: Standing, by: Actor, filled: Filled, at: datetime) -> Step:
    post = stands.post
    return Step(
        case=case,
        seq=case.touched + 1,
        action=name,
        effect=action.effect or "",
        from_state=case.state,
        to_state=action.to or case.state,
        part=action.part or "",
        relation=stands.relation,
        person_id=by.person if post else None,
        post_id=post.id if post else None,
        unit_id=post.unit if post else None,
        fields=filled.values,
        at=at,
    )


def move(
    case: Case, step: Step, action: Action, filled: Filled, procedure: Procedure, catalogue: Catalogue | None,
    role: str | None = None,
) -> Turn:  # fmt: skip
    """Change the case as the action says; returns what becomes of its clocks. A statement only for some of these.

    `role`: of the post acted in (none for a resident).
    """
    counted = basis(case)
    _fields(case, action, filled, catalogue)
    if action.effect == "replace" and case.taker_id:
        case.parts["replaced"] = [*case.parts.get("replaced", ()), str(case.taker_id)]
    if action.effect == "reject":
        _note(case, "rejected", step)
    if action.hand is None:  # else it is that unit's, see handing
        _assign(case, step, action, filled, procedure)
    step.to_unit_id, step.to_post_id = (case.unit_id, case.post_id) if action.assigns in ONE else (None, None)
    if step.part:
        _note(case, step.part, step)
    acted = step.unit_id if role is None or procedure.keeps(role) else None
    units = [unit for unit in (acted, case.unit_id) if unit and unit not in case.involved]
    case.involved = [*case.involved, *dict.fromkeys(units)]
    case.touched, case.changed_at = case.touched + 1, step.at
    if action.to:
        enter(case, procedure, action.to)
    if action.hand is not None:  # that unit's clock alone, see handing
        return Turn(step.at)
    return turn(case, action, procedure, catalogue, step.at, moved=basis(case) != counted)


def _note(case: Case, part: str, step: Step) -> None:
    """Who did this part, so that nobody does it and what is kept apart from it."""
    done = case.parts.setdefault(part, [])
    if step.person_id and str(step.person_id) not in done:
        case.parts[part] = [*done, str(step.person_id)]


def _fields(case: Case, action: Action, filled: Filled, catalogue: Catalogue | None) -> None:
    category = filled.of_kind(action, "category")
    if category:
        case.category = category
        item = catalogue.item(category) if catalogue else None
        case.urgency = item.urgency if item else case.urgency
    place = filled.row(action, "place")
    if place is not None:
        case.place = place
    subject = filled.rows.get("subject-unit")
    if subject is not None:
        case.subject_unit_id = subject.id


def _assign(case: Case, step: Step, action: Action, filled: Filled, procedure: Procedure) -> None:
    match action.assigns:
        case "unit":
            unit = next((row for name, row in filled.rows.items() if _is(action, name, "unit")), None)
            case.unit, case.post_id, case.taker_id = unit, None, None
        case "units":
            if not (action.to is None and case.hands_on):
                case.unit, case.post_id, case.taker_id = filled.units[0], None, None
        case "post":
            post = filled.row(action, "post")
            _fit_to_check(case, action, procedure, post)
            check_near(case, post)
            case.unit, case.post_id, case.taker_id = post.unit, post.id, None
        case "taker":
            case.taker_id, case.post_id = step.person_id, step.post_id
            case.unit_id = case.unit_id or step.unit_id
        case "nobody":
            case.unit, case.post_id, case.taker_id = None, None, None
    given = {unit.id for unit in filled.units} | {case.unit_id}
    if action.assigns in ("unit", "units", "post") and case.subject_unit_id in given - {None}:
        raise Invalid({action.assigns: [_("The report is about this unit, so it cannot be given to it.")]})


def _is(action: Action, name: str, kind: str) -> bool:
    found = action.field(name)
    return found is not None and found.kind == kind and name != "subject-unit"


def _fit_to_check(case: Case, action: Action, procedure: Procedure, post) -> None:
    to = procedure.states.get(action.to or case.state)
    if to and to.waits_for == "checker" and str(post.person_id) in case.parts.get("handle", ()):
        raise Invalid({"post": [_("Whoever handled the matter may not check it. Please choose somebody else.")]})

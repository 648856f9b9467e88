"""Actions with consequences: the row each leaves, and the fact."""

from __future__ import annotations

from collections.abc import Callable

from django.db import models

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.journal.facts import Fact

from .documents import Action
from .facts import CaseConsented, CaseRated, CaseReopened
from .forms import Filled
from .models import Case, Consent, Rating, Rejection, Reopening, Step
from .sides import new_consent, new_party


def reason(action: Action, filled: Filled) -> str:
    """What was given as the reason: the text, else the keys of the chosen ones (in words: `timeline.given_reason`)."""
    text = filled.of_kind(action, "text")
    if text:
        return text
    chosen = filled.of_kind(action, "reasons") or filled.of_kind(action, "choice") or ""
    return chosen if isinstance(chosen, str) else " ".join(chosen)


def _rating(case: Case, step: Step, action: Action, filled: Filled) -> models.Model:
    return Rating(
        case=case,
        step=step,
        at=step.at,
        stars=filled.of_kind(action, "stars"),
        reasons=filled.of_kind(action, "reasons") or [],
        words=filled.of_kind(action, "text") or "",
    )


def _rejection(case: Case, step: Step, action: Action, filled: Filled) -> models.Model:
    return Rejection(
        case=case, step=step, at=step.at, person=step.person, post=step.post, reason=reason(action, filled)
    )


def _reopening(case: Case, step: Step, action: Action, filled: Filled) -> models.Model:
    return Reopening(case=case, step=step, at=step.at, reason=reason(action, filled))


ROWS: dict[str, Callable[[Case, Step, Action, Filled], models.Model]] = {
    "rate": _rating,
    "reject": _rejection,
    "reopen": _reopening,
}


def consequence(case: Case, step: Step, action: Action, filled: Filled, by: Actor) -> list[models.Model]:
    if action.effect == "party":
        return [new_party(case, step, filled)]
    if action.effect == "consent":
        return [new_consent(case, step, action, filled, by)]
    make = ROWS.get(action.effect or "")
    return [make(case, step, action, filled)] if make else []


def facts_of(case: Case, action: Action, filled: Filled, rows: list[models.Model]) -> list[Fact]:
    said = next((row for row in rows if isinstance(row, Consent)), None)
    if said is not None:
        return [
            CaseConsented(
                case=case.id, step=said.step_id, side=said.side, action=said.action, given=said.given, how=said.how
            )
        ]
    if action.effect == "rate":
        return [CaseRated(case=case.id, stars=filled.of_kind(action, "stars"), unit=case.unit_id)]
    if action.effect == "reopen":
        return [CaseReopened(case=case.id, unit=case.unit_id)]
    return []

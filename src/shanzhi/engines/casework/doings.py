"""What somebody did on duty, for that person alone: nobody is compared with anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, OuterRef, Subquery, When

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.texts import pick

from .models import Clock, Step
from .text_of import procedure_of

MOST = 200


@dataclass(frozen=True, slots=True)
class Doing:
    """One step that moved a case on. `due`: until when that state was to end; None where no clock ran."""

    case: Any
    action: str
    told: str
    part: str
    at: datetime
    due: datetime | None

    @property
    def late(self) -> bool:
        return self.due is not None and self.at > self.due


def doings_of(by: Actor, *, since: datetime, until: datetime | None = None) -> list[Doing]:
    """The actor's own steps, newest first, at most 200; one statement. Nothing for whoever holds no post."""
    if by.person is None or not by.posts:
        return []
    before = Clock.objects.filter(started__lte=OuterRef("at")).order_by("-started").values("due")
    of_case = before.filter(case=OuterRef("case"), hand=None, state=OuterRef("from_state"))
    of_hand = before.filter(hand=OuterRef("hand"), started__lt=OuterRef("at"))
    steps = (
        Step.objects.filter(person=by.person, at__gte=since)
        .exclude(action="")
        .exclude(from_state=F("to_state"), hand=None)
        .annotate(due=Case(When(hand=None, then=Subquery(of_case[:1])), default=Subquery(of_hand[:1])))
        .select_related("case__place", "case__unit")
        .order_by("-at", "-id")
    )
    if until is not None:
        steps = steps.filter(at__lt=until)
    found = []
    for step in steps[:MOST]:
        text = procedure_of(step.case).actions[step.action]
        found.append(Doing(step.case, step.action, pick(text.past), step.part, step.at, step.due))
    return found

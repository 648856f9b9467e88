"""What an actor can do with a case now, and why not what they could do in general."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.texts import pick

from .documents import Evidence, FormField
from .models import Case
from .past import askable
from .permits import permit
from .proof import missing
from .sides import in_words
from .text_of import procedure_of


@dataclass(frozen=True, slots=True)
class Offer:
    """`evidence`: what must be added (photos already there are counted); `why_not`: "" if allowed."""

    action: str
    title: str
    form: tuple[FormField, ...]
    evidence: tuple[Evidence, ...]
    primary: bool
    why_not: str = ""
    effect: str = ""
    assigns: str = ""
    part: str = ""

    @property
    def allowed(self) -> bool:
        return not self.why_not


def actions_for(case: Case, by: Actor, *, nearness: bool = True) -> list[Offer]:
    """In the order of the text. Actions of others are left out; the actor's own that are barred say why.

    `nearness`: ask whether the actor is too near to the matter (one statement); without, the command still refuses.
    """
    procedure, found = procedure_of(case), []
    near: dict[bool, Promise | None] = {} if nearness else {True: None}
    for name, action in procedure.from_state(case.state).items():
        allowed = permit(procedure, action, case, by, near)
        if allowed.stands is None:
            continue
        if any(item.kind == "step" for item in action.form) and not askable(procedure, case.state):
            continue
        lacks = missing(action, case, [])
        found.append(
            Offer(
                action=name,
                title=pick(action.title),
                form=tuple(in_words(case, item) for item in action.form),
                evidence=tuple(rule for rule in action.evidence if rule.moment in lacks),
                primary=action.primary and allowed.allowed,
                why_not=str(allowed.why_not or ""),
                effect=action.effect or "",
                assigns=action.assigns or "",
                part=action.part or "",
            )
        )
    return found

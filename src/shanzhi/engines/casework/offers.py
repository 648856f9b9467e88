"""What an actor can do with a case now, and why not what they could do in general."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.texts import pick

from .documents import Action, Evidence, FormField
from .extending import in_unit
from .hands import fitting, on_it
from .models import Case, Hand
from .past import askable
from .permits import Permit, permit
from .proof import missing
from .sides import in_words
from .text_of import procedure_of


@dataclass(frozen=True, slots=True)
class Offer:
    """`evidence`: what must be added (photos already there are counted); `why_not`: "" if allowed.

    `hand`: about the part of one `unit` (its name); `own`: that unit is the actor's; `expect`: of that part, for `act`.
    """

    action: str
    title: str
    form: tuple[FormField, ...]
    evidence: tuple[Evidence, ...]
    primary: bool
    why_not: str = ""
    effect: str = ""
    assigns: str = ""
    part: str = ""
    hand: UUID | None = None
    unit: str = ""
    own: bool = True
    expect: int | None = None

    @property
    def name(self) -> str:
        """Of all offers for one case and actor, this one."""
        return f"{self.action}:{self.hand}" if self.hand else self.action

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
        if any(item.kind == "step" for item in action.form) and not askable(case, procedure):
            continue
        for hand in _hands(case, action):
            allowed = permit(procedure, action, case, by, near, hand)
            if allowed.stands is not None:
                found.append(_offer(case, name, action, allowed, hand, by))
    return found


def _hands(case: Case, action: Action) -> list[Hand | None]:
    """Whose parts an action could be about: [None] for the case as a whole."""
    if action.hand is None:
        return [None]
    return [row for row in on_it(case) if row.stand in fitting(action)]


def _offer(case: Case, name: str, action: Action, allowed: Permit, hand: Hand | None, by: Actor) -> Offer:
    lacks = missing(action, case, [])
    return Offer(
        action=name,
        title=pick(action.button(case.state)),
        form=tuple(in_unit(case, hand, in_words(case, item)) for item in action.form),
        evidence=tuple(rule for rule in action.evidence if rule.moment in lacks),
        primary=action.primary and allowed.allowed,
        why_not=str(allowed.why_not or ""),
        effect=action.effect or "",
        assigns=action.assigns or "",
        part=action.part or "",
        hand=hand.id if hand else None,
        unit=pick(hand.unit.name) if hand else "",
        own=hand is None or hand.unit_id in by.units(),
        expect=hand.touched if hand else None,
    )

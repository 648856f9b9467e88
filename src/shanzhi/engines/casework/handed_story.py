"""What became of hands, for the story of a case: to which units it was given, and that it went over to somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shanzhi.foundation.base.texts import pick

from .models import Case, Hand, Step

HANDOVER = "handover"
RECUSED = "recused"  # the same, since whoever had it is too near to the matter
Given = Mapping[UUID, Sequence[Hand]]


def began(step: Step) -> str:
    """What a step without an action of the text is called."""
    if step.effect == HANDOVER:
        return pgettext("action", "Handed over")
    if step.effect == RECUSED:
        return pgettext("action", "Stepped back for being near")
    return pgettext("action", "Reported")


def given_in(case: Case, steps: Iterable[Step]) -> Given:
    """step → the hands that it gave; a statement only if there are such steps."""
    if not any(_gave(step) for step in steps):
        return {}
    found: dict[UUID, list[Hand]] = {}
    for hand in Hand.objects.filter(case=case).select_related("unit").order_by("-lead", "id"):
        found.setdefault(hand.step_id, []).append(hand)
    return found


def _gave(step: Step) -> bool:
    return any(isinstance(value, dict) and "units" in value for value in step.fields.values())


def listed(hands: Sequence[Hand]) -> str:
    """「住建局（牵头）、柳林社区居委会」."""
    several = len(hands) > 1
    names = (
        _("%(unit)s (leads)") % {"unit": pick(hand.unit.name)} if hand.lead and several else pick(hand.unit.name)
        for hand in hands
    )
    return pgettext("list", ", ").join(names)

"""What became of hands, for the story of a case: to which units it was given, and that it went over to somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shanzhi.foundation.base.texts import listed, pick
from shanzhi.registers.people import queries as people

from .documents.procedure import Start
from .models import Step
from .putting_off import PUT_OFF

HANDOVER = "handover"
RECUSED = "recused"  # the same, since whoever had it is too near to the matter
Given = Mapping[UUID, str]


def began(step: Step, source: str, start: Start) -> str:
    """What a step without an action of the text is called; `source` of the case."""
    if step.effect == HANDOVER:
        return pgettext("action", "Handed over")
    if step.effect == PUT_OFF:
        return pgettext("action", "Due later")
    if step.effect == RECUSED:
        return pgettext("action", "Stepped back for being near")
    if source == "case":
        return pgettext("action", "Begun as part of another")
    if step.relation == "system":
        return pgettext("action", "Opened")
    if start.told is None:
        return pgettext("action", "Reported")
    # On duty one takes down what somebody else asks for.
    return pick(start.told) if step.post_id is None else pgettext("action", "Request taken down")


def given_in(steps: Sequence[Step]) -> Given:
    """step → the units that it gave the case to, named as they were given then: who leads now is another matter.
    A statement only if there are such steps.
    """
    found = {step.id: [UUID(one) for one in _gave(step)] for step in steps if _gave(step)}
    if not found:
        return {}
    names = people.names_of_units({unit for units in found.values() for unit in units})
    led = {step.id for step in steps if step.from_state != step.to_state}
    return {id: _listed([pick(names.get(one, {})) for one in units], id in led) for id, units in found.items()}


def _gave(step: Step) -> list[str]:
    """Ids of units, the leading one first (forms_many.units)."""
    values = (value["units"] for value in step.fields.values() if isinstance(value, dict) and "units" in value)
    return next(values, [])


def _listed(names: list[str], led: bool) -> str:
    """「住建局（牵头）、柳林社区居委会」. Units that came later never lead."""
    if led and len(names) > 1:
        names = [_("%(unit)s (leads)") % {"unit": names[0]}, *names[1:]]
    return listed(names)

"""The sentences that an action tells, in both languages, with the slots as they stood then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import override

from shanzhi.foundation.base.texts import listed, pick
from shanzhi.foundation.journal.subscribers import StoredFact

from .documents.base import fill
from .documents.procedure import Tell
from .hands import as_hand
from .labels import who_did
from .models import Case, Clock, Hand, Step
from .sentences import moment, slots
from .text_of import procedure_of
from .timeline import value_text

LANGUAGES = ("zh-hans", "en")
REASONS = ("reason", "ground", "note")


def told(case: Case, fact: StoredFact, step: Step | None) -> Iterator[tuple[Case, tuple[str, ...], dict[str, str]]]:
    """(case as those told see it, whom, sentence). Where several units were given it, each reads of its own part and clock.

    One statement more where an action gives or concerns hands.
    """
    procedure = procedure_of(case)
    action = procedure.actions.get(fact.data.get("action", ""))
    tells = action.tells if action else () if fact.kind == "case.handed-over" else procedure.start.tells
    given = _given(step) if step is not None and action is not None and action.assigns == "units" else []
    own = step.hand if step is not None and step.hand_id else None
    for tell in tells:
        theirs = tuple(one for one in tell.whom if one in ("unit", "handler")) if given else ()
        rest = tuple(one for one in tell.whom if one not in theirs)
        for hand in given if theirs else ():
            view = as_hand(case, hand)
            yield view, theirs, {one: _sentence(view, fact, step, tell, one, (hand,)) for one in LANGUAGES}
        if rest:
            view = as_hand(case, own) if own else case
            hands = tuple(given) or ((own,) if own else ())
            yield view, rest, {one: _sentence(view, fact, step, tell, one, hands) for one in LANGUAGES}


def _given(step: Step) -> list[Hand]:
    return list(Hand.objects.filter(step=step).select_related("unit").order_by("-lead", "id"))


def _sentence(
    case: Case, fact: StoredFact, step: Step | None, tell: Tell, language: str, hands: tuple[Hand, ...]
) -> str:
    with override(language):
        values = slots(case)
        if step is not None:
            values["actor"] = who_did([step], case.version_id)[step.id]
            values["reason"] = next((_given_as(case, step, name) for name in REASONS if step.fields.get(name)), "")
            if step.to_unit:
                values["unit"] = pick(step.to_unit.name)
        if hands:
            values["unit"] = listed(pick(hand.unit.name) for hand in hands)
        due = _due(case, fact.at, hands[0] if len(hands) == 1 else None)
        values["due"] = moment(due) if due else ""
        return fill(tell.text.get(language) or pick(tell.text), values)


def _given_as(case: Case, step: Step, name: str) -> str:
    action = procedure_of(case).actions.get(step.action)
    item = action.field(name) if action else None
    return value_text(case, item, step.fields[name]) if item else str(step.fields[name])


def _due(case: Case, at: datetime, hand: Hand | None) -> datetime | None:
    """The end of the clock that ran right after: the case may have moved on since, and a paused clock may have gone on."""
    clocks = Clock.objects.filter(case=case, hand=hand, started__lte=at).order_by("-started")
    return next((one.due for one in clocks if _ran(one, at)), None)


def _ran(clock: Clock, at: datetime) -> bool:
    if clock.stopped is not None and clock.stopped <= at:
        return False
    return not any(begin <= at and (end is None or at < end) for begin, end in clock.standing)

"""The sentences that an action tells, in both languages, with the slots as they stood then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import override

from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.journal.subscribers import StoredFact

from .documents.base import fill
from .documents.procedure import Tell
from .labels import who_did
from .models import Case, Clock, Step
from .sentences import moment, slots
from .text_of import procedure_of

LANGUAGES = ("zh-hans", "en")
REASONS = ("reason", "ground", "note")


def told(case: Case, fact: StoredFact, step: Step | None) -> Iterator[tuple[Tell, dict[str, str]]]:
    procedure = procedure_of(case)
    action = procedure.actions.get(fact.data.get("action", ""))
    tells = action.tells if action else procedure.start.tells
    for tell in tells:
        yield tell, {language: _sentence(case, fact, step, tell, language) for language in LANGUAGES}


def _sentence(case: Case, fact: StoredFact, step: Step | None, tell: Tell, language: str) -> str:
    with override(language):
        values = slots(case)
        if step is not None:
            values["actor"] = who_did([step], case.version_id)[step.id]
            values["reason"] = next((str(step.fields[name]) for name in REASONS if step.fields.get(name)), "")
            if step.to_unit:
                values["unit"] = pick(step.to_unit.name)
        due = _due(case, fact.at)
        values["due"] = moment(due) if due else ""
        return fill(tell.text.get(language) or pick(tell.text), values)


def _due(case: Case, at: datetime) -> datetime | None:
    """The end of the clock that ran right after: the case may have moved on since, and a paused clock may have gone on."""
    clocks = Clock.objects.filter(case=case, started__lte=at).order_by("-started")
    return next((one.due for one in clocks if _ran(one, at)), None)


def _ran(clock: Clock, at: datetime) -> bool:
    if clock.stopped is not None and clock.stopped <= at:
        return False
    return not any(begin <= at and (end is None or at < end) for begin, end in clock.standing)

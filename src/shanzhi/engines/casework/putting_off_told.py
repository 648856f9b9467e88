"""That a whole is put off, in words: in its story, and to whoever was promised a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.journal.subscribers import StoredFact
from shanzhi.foundation.messages.services import Telling

from .documents import Procedure
from .listeners import listeners
from .models import Case, Step
from .sentences import moment, slots
from .text_of import procedure_of

LANGUAGES = ("zh-hans", "en")
TOLD = ("reporter", "subscribers")


def reason(why: str, *, unit: str = "", part: str = "") -> str:
    """Half a sentence, without a stop."""
    words = {
        "more-time": _("{unit} was given more time for its part"),
        "called-in": _("{unit} was called in later"),
        "taken-up": _("{unit} took up its part, and its time runs from then"),
        "waits": _("{unit} has to wait for others"),
        "goes-on": _("{unit} had to wait and now goes on"),
        "to-check": _("what {unit} did is still to be checked"),
        "returned": _("{unit} returned its part"),
        "again": _("{unit} has to see to its part once more"),
        "handed-over": _("the part of {unit} went over to others"),
        "calendar": _("opening hours or days off of {unit} changed"),
        "child": _("part {part} takes longer"),
    }
    return words.get(why, _("the part of {unit} takes longer")).format(unit=unit, part=part)


def reason_of(step: Step) -> str:
    """`step` with its unit selected."""
    unit = pick(step.to_unit.name) if step.to_unit else ""
    return reason(step.fields.get("why", ""), unit=unit, part=step.fields.get("part", ""))


def until(step: Step) -> str:
    return moment(datetime.fromisoformat(step.fields["due"]))


def tellings(facts: list[StoredFact], cases: Mapping[Any, Case], steps: Mapping[Any, Step]) -> Iterator[Telling]:
    """To whoever reported or follows it, where their text names a day and it is another one now."""
    for fact in facts:
        case, step = cases.get(fact.about), steps.get(fact.data["step"])
        if case is None or step is None or not promised(procedure_of(case), fact):
            continue
        text = {language: _sentence(case, fact, step, language) for language in LANGUAGES}
        for person in sorted(listeners(case, TOLD, fact, step)):
            yield Telling(
                to=person, text=text, kind=fact.kind, about=case.id, link=f"/case/{case.number}/", key=f"{fact.id}:0"
            )


def promised(procedure: Procedure, fact: StoredFact) -> bool:
    state = procedure.states.get(fact.data["state"])
    if state is None or state.quiet or not any("{due}" in text for text in state.says.get("reporter", {}).values()):
        return False
    was, due = (localdate(datetime.fromisoformat(fact.data[name])) for name in ("was", "due"))
    return was != due


def _sentence(case: Case, fact: StoredFact, step: Step, language: str) -> str:
    with override(language):
        values = slots(case)
        category = "" if procedure_of(case).sees else values["category"]  # a confidential matter is not named
        what = _("“{category}”, {place}").format(**values) if category else _("Case {number}").format(**values)
        text = _("{what} takes longer: {why}. You will have a result by {due}.")
        due = moment(datetime.fromisoformat(fact.data["due"]))
        return text.format(what=what, why=reason_of(step), due=due)

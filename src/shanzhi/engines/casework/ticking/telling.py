"""What a clock says, as notices: to whoever the state waits for, and up the levels to the people named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from shanzhi.engines.casework.documents.base import fill
from shanzhi.engines.casework.hands import owner_of
from shanzhi.engines.casework.listeners import listeners
from shanzhi.engines.casework.models import Case, Clock, Reminder
from shanzhi.engines.casework.sentences import moment, slots
from shanzhi.engines.casework.text_of import procedure_of
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.journal.subscribers import StoredFact
from shanzhi.foundation.messages.services import Telling

from .holders import text_of

LANGUAGES = ("zh-hans", "en")
# Whom a state waits for → who is reminded, in turn until somebody is there.
WAITING = {
    "desk": ("desk",), "checker": ("desk",), "unit": ("unit", "desk"), "handler": ("handler", "unit", "desk"),
    "outside": ("handler", "unit", "desk"), "reporter": ("reporter",),
    "hands": ("unit", "desk"), "parts": ("desk",),
}  # fmt: skip


def tellings(facts: list[StoredFact]) -> Iterator[Telling]:
    ids = {UUID(fact.data["clock"]) for fact in facts}
    clocks = {
        one.id: one
        for one in Clock.objects.filter(id__in=ids).select_related("case__place", "case__unit", "hand__unit")
    }
    rows: dict[tuple[UUID, int], set[UUID]] = {}
    named = Reminder.objects.filter(clock__in=ids, kind=Reminder.Kind.ESCALATED)
    for clock, level, person in named.values_list("clock_id", "level", "person_id"):
        rows.setdefault((clock, level), set()).add(person)
    for fact in facts:
        clock = clocks.get(UUID(fact.data["clock"]))
        if clock is None:
            continue
        if fact.kind == "case.escalated":
            level = fact.data["level"]
            yield from _each(fact, clock.case, rows.get((clock.id, level), set()), _escalation(fact, clock, level))
        elif clock.stopped is None and clock.paused is None:
            # Whoever has done it meanwhile is not urged any more.
            case = owner_of(clock)
            yield from _each(fact, case, _waited_for(case, fact), _reminder(fact, case))


def _each(fact: StoredFact, case: Case, persons: set[UUID], text: dict[str, str]) -> Iterator[Telling]:
    for person in sorted(persons):
        yield Telling(
            to=person, text=text, kind=fact.kind, about=case.id, link=f"/case/{case.number}/", key=f"{fact.id}:0"
        )


def _waited_for(case: Case, fact: StoredFact) -> set[UUID]:
    for whom in WAITING.get(case.waits_for, ()):
        found = listeners(case, (whom,), fact, None)
        if found:
            return found
    return set()


def _reminder(fact: StoredFact, case: Case) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with override(language):
            values = _values(fact, case)
            if case.waits_for == "reporter":
                text = _("We still need your answer about {what}, until {due} if you can.")
            elif fact.kind == "case.warned":
                text = _("{what} is nearly due: {due}.")
            else:
                text = _("{what} is overdue since {due}. Please see to it now.")
            found[language] = text.format(what=values["what"], due=values["due"])
    return found


def _escalation(fact: StoredFact, clock: Clock, level: int) -> dict[str, str]:
    text, found = text_of(clock), {}
    said = text.escalates[level - 1].text if text and 0 < level <= len(text.escalates) else None
    for language in LANGUAGES:
        with override(language):
            values = _values(fact, owner_of(clock))
            otherwise = _(
                "{what} is overdue since {due} and nobody has answered. You are the one named for such cases."
            )
            found[language] = fill(said.get(language) or pick(said), values) if said else otherwise.format(**values)
    return found


def _values(fact: StoredFact, case: Case) -> dict[str, str]:
    values = slots(case)
    category = "" if procedure_of(case).sees else values["category"]  # a confidential matter is not named
    return values | {
        "due": moment(datetime.fromisoformat(fact.data["due"])),
        "what": _("“{category}”, {place}").format(**values) if category else _("Case {number}").format(**values),
    }

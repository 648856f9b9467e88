"""A person was erased: name and number leave the parties of cases, and the words written there; the cases stay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from .grams import grams
from .models import Case, Party, Rating, Reopening, Step
from .topics import other_words

GONE = "＊＊＊"
SHORTEST = 2  # a single character is no name to look for in a text


def forget(person: UUID) -> int:
    """Runs as SYSTEM. Returns how many rows of parties lost their values."""
    for party in Party.objects.filter(person=person).exclude(name="", phone=""):
        _words(party)
    return Party.objects.filter(person=person).update(name="", phone="")


def _words(party: Party) -> None:
    """Where people wrote their own name or number into a report, a reason or a rating, a mark stands instead."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=party.case_id)
    pattern = _pattern([party.name, party.phone, *digits(party.phone)])
    if pattern is None:
        return
    _put(case, pattern, ["words", "spot"], also={"grams": lambda: grams(case.words, case.spot, *other_words(case))})
    for model, field in ((Rating, "words"), (Reopening, "reason")):
        for row in model.objects.filter(case=case):
            _put(row, pattern, [field])
    for step in Step.objects.filter(case=case):
        fields = {
            key: pattern.sub(GONE, value) if isinstance(value, str) else value for key, value in step.fields.items()
        }
        if fields != step.fields:
            Step.objects.filter(pk=step.pk).update(fields=fields)


def digits(phone: str) -> list[str]:
    """A number as it may have been written: all its digits, and without the country's 86."""
    bare = re.sub(r"\D", "", phone)
    return [bare, bare.removeprefix("86")] if bare else []


def _pattern(values: Iterable[str]) -> re.Pattern[str] | None:
    wanted = sorted({value for value in values if len(value) >= SHORTEST}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, wanted))) if wanted else None


def _put(row: Any, pattern: re.Pattern[str], fields: list[str], also: dict[str, Any] | None = None) -> None:
    changed = [field for field in fields if pattern.search(getattr(row, field))]
    for field in changed:
        setattr(row, field, pattern.sub(GONE, getattr(row, field)))
    if changed:
        for field, value in (also or {}).items():
            setattr(row, field, value())
        row.save(update_fields=[*changed, *(also or {})])

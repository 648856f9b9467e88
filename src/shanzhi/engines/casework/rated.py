"""The rating that stands, and to which answer it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shanzhi.foundation.base.actor import Actor

from .models import Case, Step
from .relations import is_reporter
from .text_of import procedure_of
from .timeline import own_words
from .told_lines import Shown


@dataclass(frozen=True, slots=True)
class Rated:
    """`fields`: as it was sent; `said`: the same in words; `past`: the case was reopened since, so there is another answer to rate."""

    fields: Mapping[str, Any]
    said: list[Shown]
    past: bool


def rated(case: Case, by: Actor) -> Rated | None:
    """For the reporter alone, the last one; one statement."""
    if not is_reporter(case, by):
        return None
    steps = list(Step.objects.filter(case=case, effect__in=("rate", "reopen")).order_by("-seq"))
    last = next((step for step in steps if step.effect == "rate"), None)
    action = procedure_of(case).actions.get(last.action) if last else None
    if last is None or action is None:
        return None
    return Rated(last.fields, own_words(case, action, last), steps[0].effect == "reopen")

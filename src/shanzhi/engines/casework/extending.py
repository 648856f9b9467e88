"""More time on request: asked for with a reason, decided by somebody else, shown with who allowed it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import Conflict, Invalid
from shanzhi.foundation.calendar.clock import Limit, LimitError, limit_text, parse_limit, unit_text

from .asked import ASKS, DECIDES, GRANTS
from .documents import Action, FormField
from .effects import reason
from .forms import Filled
from .models import Case, Clock, Extension, Hand, Step
from .timing import reckon, shown
from .turning import Turn, running, running_of


@dataclass(slots=True)
class Asked:
    rows: list[models.Model] = field(default_factory=list)
    changed: list[tuple[models.Model, list[str]]] = field(default_factory=list)


def effect(case: Case, step: Step, action: Action, filled: Filled, turn: Turn, hand: Hand | None = None) -> Asked:
    """Two statements for asking and granting (the clock, its calendar), one for refusing; none for anything else.

    `hand`: it is about the clock of this unit's part alone.
    """
    if action.effect == ASKS:
        return _ask(case, step, action, filled, hand)
    if action.effect in DECIDES:
        return _decide(case, step, action, filled, turn, hand, granted=action.effect == GRANTS)
    return Asked()


def _ask(case: Case, step: Step, action: Action, filled: Filled, hand: Hand | None) -> Asked:
    clock = running_of(hand, case) if hand else running(case)
    if clock is None:
        raise Conflict(_("No clock is running here that could be extended."), code="no-clock")
    limit = _limit(action, filled, clock)
    row = Extension(
        case=case, clock=clock, asked_step=step, asked_by_id=cast(UUID, step.person_id), asked_at=step.at, limit=str(limit),
        reason=reason(action, filled),
    )  # fmt: skip
    return Asked(rows=[row])


def _decide(
    case: Case, step: Step, action: Action, filled: Filled, turn: Turn, hand: Hand | None, *, granted: bool
) -> Asked:
    asked = (hand or case).asked  # type: ignore[union-attr]
    row = Extension.objects.select_related("clock").get(pk=UUID(asked["id"]))
    row.decided_step, row.decided_by_id, row.decided_at, row.granted = step, step.person_id, step.at, granted
    if granted:
        clock = next((one for one in turn.change if one.pk == row.clock_id), row.clock)
        clock.case = case
        if hand is not None:
            clock.hand = hand
        limit = _granted(action, filled, clock, row.limit)
        clock.limit, row.limit = str(parse_limit(clock.limit).plus(limit)), str(limit)
        if clock.paused is None:
            reckon(clock)
            shown(case, clock)
            row.due = clock.due
        if clock not in turn.change:
            turn.change.append(clock)
    return Asked(changed=[(row, ["decided_step", "decided_by", "decided_at", "granted", "limit", "due"])])


def in_unit(case: Case, hand: Hand | None, item: FormField) -> FormField:
    """A field for a limit with its help naming, for `{counts}`, what a number counts there: that follows the clock it is about."""
    if item.kind != "limit" or not item.help:
        return item
    words = {language: text.replace("{counts}", _counts(case, hand)) for language, text in item.help.items()}
    return item.model_copy(update={"help": words})


def _counts(case: Case, hand: Hand | None) -> str:
    limit = getattr(hand, "runs_on", "") if hand else (getattr(case, "clock_runs", None) or {}).get("limit", "")
    return unit_text(parse_limit(limit)) if limit else gettext("hours or days, as its limit is counted")


def _limit(action: Action, filled: Filled, clock: Clock, otherwise: str = "") -> Limit:
    """A bare number is in the unit of the clock: hours or days. What is stored with the step says the unit."""
    item = action.field_of_kind("limit")
    name = item.field if item else "limit"
    typed = str(filled.values.get(name) or otherwise)
    now = parse_limit(clock.limit)
    try:
        more = _in_unit(int(typed), now) if typed.isascii() and typed.isdigit() else parse_limit(typed)
        if more.counts == "natural-days" and not more.days:
            raise LimitError(_("More time must be at least a day."))
        now.plus(more)
    except LimitError as error:
        raise Invalid({name: [f"{error.message} {error.advice}".strip()]}) from None
    if item is not None:
        filled.values[name] = str(more)
    return more


def _granted(action: Action, filled: Filled, clock: Clock, asked: str) -> Limit:
    """As asked, or less: more would be time that nobody gave a reason for."""
    item, limit, most = action.field_of_kind("limit"), _limit(action, filled, clock, asked), parse_limit(asked)
    if (limit.days, limit.minutes) > (most.days, most.minutes):
        text = _("Only {limit} more were asked for. Grant as much, or less.").format(limit=limit_text(most))
        raise Invalid({item.field if item else "limit": [text]})
    return limit


def _in_unit(number: int, like: Limit) -> Limit:
    if like.by_day:
        return Limit(counts=like.counts, days=number)
    return Limit(counts=like.counts, minutes=number * 60)

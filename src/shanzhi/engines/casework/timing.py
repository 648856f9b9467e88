"""The clock of a stay in a state: which limit, from when, warning and end."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import Invalid
from shanzhi.foundation.calendar.clock import Limit, due, parse_limit, warning

from .documents import Catalogue, Procedure
from .models import Case, Clock


def limit_of(procedure: Procedure, state: str, category: str, catalogue: Catalogue | None) -> Limit | None:
    """None for a final state. Invalid if the state runs on the category's limit and there is no category yet."""
    clock = procedure.states[state].clock
    if clock is None:
        return None
    if clock.limit != "category":
        return parse_limit(clock.limit, clock.counts)
    item = catalogue.item(category) if catalogue else None
    if item is None:
        raise Invalid({"category": [_("Choose what it is first: the time limit depends on it.")]})
    return parse_limit(item.limit, item.counts)


def started(case: Case, limit: Limit, warn: int, at: datetime) -> Clock:
    """A clock that runs from now; sets the case's `warn_at` and `due_at` too."""
    end = due(at, limit)
    case.due_at, case.warn_at = end.at, warning(at, limit, warn).at
    return Clock(
        case=case,
        state=case.state,
        limit=str(limit),
        counts=limit.counts,
        started=at,
        warn=case.warn_at,
        due=case.due_at,
        provisional=end.provisional,
    )

"""Steps of a dispute by their meaning, whatever the text calls them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Conflict

from .text import marked


def record_try(
    *, case: UUID, by: Actor, fields: Mapping[str, Any], files: Iterable[UUID] = (), key: str | UUID | None = None
) -> Any:
    """Put one try on record, at the level where the dispute is: how, where, outcome, summary (internal), next date.

    Raises Denied where the ceiling is reached or a side has not agreed, Boundary where mediation is forbidden.
    """
    return _do(case, "try", by, fields, files, key)


def consent(
    *,
    case: UUID,
    by: Actor,
    step: str,
    answer: bool,
    side: str = "",
    note: str = "",
    files: Iterable[UUID] = (),
    key: str | UUID | None = None,
) -> Any:
    """One side's yes or no to a step (an action's name). A party answers for themselves; a mediator gives `side`, with the
    picture of a signed paper or a note of the telephone call.
    """
    given = list(files)
    fields: dict[str, Any] = {"step": step, "answer": "yes" if answer else "no"}
    fields |= {"side": side} if side else {}
    fields |= {"note": note} if note else {}
    return _do(case, "consent", by, fields, given, key, fits=lambda action: _way(action, side, bool(given)))


def _way(action: Any, side: str, paper: bool) -> bool:
    own = set(action.by) == {"party"}
    return own if not side else not own and bool(action.evidence) == paper


def end_without_agreement(
    *, case: UUID, by: Actor, fields: Mapping[str, Any] | None = None, key: str | UUID | None = None
) -> Any:
    """A party stops, or the mediator sees that it leads nowhere. What must follow is the notice of other remedies."""
    return _do(case, "stop", by, fields or {}, (), key)


def _do(
    case: UUID, effect: str, by: Actor, fields: Mapping[str, Any], files: Iterable[UUID], key: Any, fits=None
) -> Any:
    row = casework.access_case(case, by=by)
    actions = marked(casework.procedure_of(row), effect)
    wanted = [name for name, action in actions.items() if fits is None or fits(action)]
    if not wanted:
        raise Conflict(_("This kind of matter has no such step."), code="no-such-step")
    offered = {offer.action for offer in casework.actions_for(row, by)}
    name = next((one for one in wanted if one in offered), None)
    name = name or next((one for one in wanted if row.state in actions[one].from_), wanted[0])
    return services.act(case=case, action=name, by=by, fields=fields, files=files, key=key)

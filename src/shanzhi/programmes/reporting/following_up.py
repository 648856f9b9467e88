"""After the answer: rate it, have it done again, or take the report back. By the procedure's own actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Conflict
from shanzhi.foundation.journal.services import command

KINDS = {"stars": "stars", "reasons": "reasons", "words": "text"}


def rate(
    *, case: UUID, by: Actor, stars: int, reasons: Iterable[str] = (), words: str = "", key: str | UUID | None = None
) -> Any:
    """One to five stars, with reasons of the procedure's list and own words."""
    return _do(case, "rate", by, {"stars": stars, "reasons": list(reasons), "words": words}, (), key)


def reopen(*, case: UUID, by: Actor, reason: str, files: Iterable[UUID] = (), key: str | UUID | None = None) -> Any:
    """Not done, or refused wrongly: it goes back to those who must act."""
    return _do(case, "reopen", by, {"words": reason}, files, key)


def withdraw(*, case: UUID, by: Actor, reason: str = "", key: str | UUID | None = None) -> Any:
    return _do(case, "withdraw", by, {"words": reason}, (), key)


def _do(case: UUID, effect: str, by: Actor, values: Mapping[str, Any], files: Iterable[UUID], key: Any) -> Any:
    given = list(files)
    body = {"case": case, "values": dict(values), "files": given}
    # The key belongs to what the resident does: which action that is depends on the state, and a retry comes later.
    with command(f"report.{effect}", by=by, key=key, body=body) as run:
        row = casework.access_case(case, by=by)
        if run.replayed:
            return row
        name, action = _action(row, effect)
        fields = {}
        for kind, value in values.items():
            field = action.field_of_kind(KINDS[kind])
            if field is not None and value:
                fields[field.field] = value
        return services.act(case=case, action=name, by=by, fields=fields, files=given)


def _action(row: Any, effect: str) -> tuple[str, Any]:
    """The reporter's action of this effect that the state allows; else any, whose refusal tells how the case stands."""
    actions = casework.procedure_of(row).actions.items()
    fits = [(name, one) for name, one in actions if one.effect == effect and "reporter" in one.by]
    if not fits:
        raise Conflict(_("This kind of matter has no such step."), code="no-such-step")
    return next((pair for pair in fits if row.state in pair[1].from_), fits[0])

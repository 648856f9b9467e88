"""The button of a row that wants a decision on the case's own page: where it leads, and in which words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.texts import pick

from .quick import by_role


def lead_of(case: Any, by: Actor) -> tuple[str, str] | None:
    """What follows the address of the case's page, and words. By text and post alone, without a statement: for the rows of a list."""
    procedure = casework.procedure_of(case)
    if procedure.sided:
        return None
    mine = {name: one for name, one in procedure.from_state(case.state).items() if by_role(one.by, case, by)}
    if getattr(case, "asks_more", False):
        found = next((name for name, one in mine.items() if one.effect == "extend"), "")
        return (f"?do={found}", _("Decide on more time")) if found else None
    if getattr(case, "part_waits", None):
        return "", _("Answer the unit")
    if case.waits_for != "desk":
        return None
    return next(((f"?do={name}", pick(one.title)) for name, one in mine.items() if one.primary), None)

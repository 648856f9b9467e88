"""Two clicks from a new report to the unit: the primary actions one after another, as far as a category and a unit carry.

Knows no procedure: it takes whatever the text calls primary, if its form can be filled from what the panel asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import Actor

CAN_FILL = {"category", "unit"}
MOST_STEPS = 2


def step_of(case: Any, by: Actor) -> Any:
    """The primary offer, if the panel can fill its form; else None."""
    found = next((one for one in casework.actions_for(case, by) if one.primary and one.allowed), None)
    if found is None or found.evidence or any(item.required and item.kind not in CAN_FILL for item in found.form):
        return None
    return found if any(item.kind in CAN_FILL for item in found.form) else None


def run(case: Any, by: Actor, *, typed: Mapping[str, str], expect: int | None, key: UUID | None) -> list[str]:
    """Titles of what was done. Raises what `act` raises; what was done before a refusal stays done."""
    done: list[str] = []
    for _n in range(MOST_STEPS):
        offer = step_of(case, by)
        if offer is None or (done and not any(item.kind == "unit" for item in offer.form)):
            break
        fields = {item.field: typed.get(item.kind, "") for item in offer.form if item.kind in CAN_FILL}
        services.act(
            case=case.id, action=offer.action, by=by, fields=fields, expect=expect,
            key=uuid5(key, offer.action) if key else None,
        )  # fmt: skip
        done.append(offer.title)
        if any(item.kind == "unit" for item in offer.form):
            break
        case, expect = casework.access_case(case.id, by=by), None
    return done

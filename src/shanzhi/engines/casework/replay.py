"""The journal alone says how a case stands: what it says must be what is stored (docs/map.md lists this)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from shanzhi.foundation.journal.queries import facts_about


@dataclass(frozen=True, slots=True)
class Replayed:
    state: str
    category: str
    unit: UUID | None
    closed: bool
    steps: int


KINDS = ("case.opened", "case.acted", "case.handed-over", "case.put-off")
HANDS = ("case.hand-given", "case.hand-moved", "case.handed-over")


def replay_state(case: UUID) -> Replayed:
    """State, category, unit and number of steps from the facts. LookupError if the journal does not know the case."""
    found: Replayed | None = None
    for fact in facts_about(case, kinds=KINDS, limit=10_000):
        found = _after(found, fact.kind, fact.data)
    if found is None:
        raise LookupError(f"the journal has no case {case}")
    from .models import Case
    from .text_of import procedure_of

    procedure = procedure_of(Case.objects.only("version_id", "procedure").get(pk=case))
    return Replayed(found.state, found.category, found.unit, procedure.states[found.state].final, found.steps)


def _after(before: Replayed | None, kind: str, data: dict[str, Any]) -> Replayed:
    if kind == "case.opened":
        return Replayed(data["state"], data["category"] or "", _id(data.get("unit")), False, 1)
    assert before is not None, "a case is opened before anything is done to it"
    if kind == "case.handed-over":
        return replace(before, unit=_id(data["unit"]), steps=before.steps + 1)
    if kind == "case.put-off":
        return replace(before, steps=before.steps + 1)
    assert before.state == data["from_state"], "facts of one case follow each other"
    return Replayed(data["to_state"], data["category"] or "", _id(data["unit"]), False, before.steps + 1)


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


@dataclass(frozen=True, slots=True)
class ReplayedHand:
    unit: UUID
    stand: str
    lead: bool


def replay_hands(case: UUID) -> dict[UUID, ReplayedHand]:
    """hand → how it stands, from the facts alone."""
    found: dict[UUID, ReplayedHand] = {}
    for fact in facts_about(case, kinds=HANDS, limit=10_000):
        data = fact.data
        if fact.kind == "case.handed-over":
            known = found.get(UUID(data["hand"])) if data["hand"] else None
            unit = _id(data["to_unit"])
            if known and unit:
                found[UUID(data["hand"])] = replace(known, unit=unit)
            continue
        stand = data.get("stand", "given")
        found[UUID(data["hand"])] = ReplayedHand(UUID(data["unit"]), stand, data["lead"])
    return found

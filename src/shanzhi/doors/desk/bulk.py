"""One action on many cases: what all of them allow, sent a little later so that it can still be taken back.

No procedure has a true reverse for "dispatched": the unit was told. So nothing goes out before the time to undo is over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.kit.casepage.choices import choices_for

MOST = 30
CAN_FILL = {"text", "choice", "category", "unit", "post", "number", "date", "units"}
# What decides over somebody's matter is looked at one by one: closing, rejecting, checking.
ONE_BY_ONE = {"join", "reject", "rate", "withdraw", "reopen", "split"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """`offers`: actions that every one of the cases allows now; `hidden`: how many of the ids are not for this actor."""

    cases: list[Any]
    offers: list[casework.Offer]
    hidden: int = 0

    def offer(self, action: str) -> casework.Offer | None:
        return next((one for one in self.offers if one.action == action), None)


def chosen(by: Actor, ids: Iterable[UUID]) -> Chosen:
    wanted = list(dict.fromkeys(ids))[:MOST]
    cases = casework.access_cases(wanted, by=by)
    return Chosen(cases, _common(by, cases), len(wanted) - len(cases))


def _common(by: Actor, cases: list[Any]) -> list[casework.Offer]:
    if len({(case.procedure, case.state) for case in cases}) != 1:
        return []
    shared: dict[str, casework.Offer] | None = None
    for case in cases:
        mine = {one.action: one for one in casework.actions_for(case, by) if _fit(one, case)}
        shared = mine if shared is None else {key: one for key, one in shared.items() if _same(one, mine.get(key))}
        if not shared:
            break
    return sorted((shared or {}).values(), key=lambda one: not one.primary)


def _fit(offer: casework.Offer, case: Any) -> bool:
    procedure = casework.procedure_of(case)
    to = procedure.actions[offer.action].to
    if not offer.allowed or offer.evidence or offer.effect in ONE_BY_ONE or offer.part == "check":
        return False
    return all(item.kind in CAN_FILL for item in offer.form) and not (to and procedure.states[to].final)


def _same(one: casework.Offer, other: casework.Offer | None) -> bool:
    """Cases opened under different texts may ask different things in the same action."""
    shape = [(item.field, item.kind, item.required) for item in one.form]
    return other is not None and shape == [(item.field, item.kind, item.required) for item in other.form]


def shared_choices(offer: casework.Offer, cases: list[Any], by: Actor) -> dict[str, list[tuple[Any, Any]]]:
    """By field: what can be chosen for every one of the cases. Asked once for each place and unit."""
    alike = {(case.place_id, case.unit_id, case.subject_unit_id, case.version_id): case for case in cases}
    found: dict[str, list[tuple[Any, Any]]] | None = None
    for case in alike.values():
        here = choices_for(offer.form, case, by)
        found = here if found is None else {key: _both(pairs, here[key]) for key, pairs in found.items()}
    return found or {}


def _both(pairs: list[tuple[Any, Any]], other: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    known = set(_values(other))
    kept: list[tuple[Any, Any]] = []
    for value, title in pairs:
        if isinstance(title, list):
            inner = _both(title, [(one, "") for one in known])
            kept += [(value, inner)] if inner else []
        elif value in known:
            kept.append((value, title))
    return kept


def _values(pairs: list[tuple[Any, Any]]) -> Iterable[Any]:
    for value, title in pairs:
        if isinstance(title, list):
            yield from _values(title)
        else:
            yield value

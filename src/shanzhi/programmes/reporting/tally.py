"""How each report stands, told by the journal; and the figures of a place made from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from shanzhi.foundation.journal.subscribers import StoredFact
from shanzhi.foundation.playbook.queries import version

from .models import Matter

LAYOUT = "report"
CHANGING = ["place", "category", "stands", "since"]


@dataclass(frozen=True, slots=True)
class Figures:
    """Exact: whoever shows them to everybody leaves out small groups. `kinds`: category → done, complaints about units left out."""

    done: int
    open: int
    kinds: Counter[str]


def figures(place_path: str, since: datetime) -> Figures:
    """Done since then, and open now, in a place and all below it."""
    here = Matter.objects.filter(place__path__startswith=place_path)
    done = here.filter(stands=Matter.Stands.DONE, since__gte=since)
    kinds = done.exclude(category="").filter(case__subject_unit=None).order_by().values_list("category")
    return Figures(
        done.count(), here.filter(stands=Matter.Stands.OPEN).count(), Counter(dict(kinds.annotate(n=Count("case"))))
    )


def follow(facts: Iterable[StoredFact]) -> None:
    """Brings the rows of a batch up to its last fact; two statements."""
    facts = list(facts)
    rows: dict[UUID, Matter] = Matter.objects.in_bulk({fact.about for fact in facts})
    moved: dict[UUID, Matter] = {}
    for fact in facts:
        row = rows.get(fact.about) or _begun(fact)
        if row is None:
            continue
        rows[fact.about] = moved[fact.about] = row
        if fact.place is not None:
            row.place_id = fact.place
        row.category = fact.data.get("category") or row.category
        stands = _stands(row, fact.data.get("to_state") or fact.data["state"])
        if stands != row.stands:
            row.stands, row.since = stands, fact.at
    Matter.objects.bulk_create(
        moved.values(), update_conflicts=True, unique_fields=["case"], update_fields=CHANGING, batch_size=500
    )


def clear() -> None:
    Matter.objects.all().delete()


def _begun(fact: StoredFact) -> Matter | None:
    if fact.kind != "case.opened" or fact.place is None:
        return None
    text = _text(UUID(fact.data["playbook_version"]), fact.data["procedure"])
    if text is None or text.layout != LAYOUT:
        return None
    return Matter(
        case_id=fact.about, place_id=fact.place, version=UUID(fact.data["playbook_version"]),
        procedure=fact.data["procedure"], since=fact.at,
    )  # fmt: skip


def _stands(row: Matter, name: str) -> str:
    text = _text(row.version, row.procedure)
    state = text.states[name]
    if not state.final:
        return Matter.Stands.OPEN
    return Matter.Stands.DONE if state.stage >= text.stages else Matter.Stands.ASIDE


def _text(id: UUID, procedure: str) -> Any:
    return version(id).document("procedures", procedure)

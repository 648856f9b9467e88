"""Facts as they are read: rows of the journal, brought up to their kind's present version."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from .facts import Fact, model_of, upcast

FIELDS = "f.id, f.kind, f.version, f.about, f.at, f.recorded, f.place, f.person, f.post, f.purpose, f.data"
# Both columns: `recorded` leads to the month's partition, the id alone would search them all.
SEQUENCED = "journal_position p JOIN journal_fact f ON f.recorded = p.recorded AND f.id = p.fact_id"


@dataclass(frozen=True, slots=True)
class StoredFact:
    """`version` and `data` are those of the kind's present declaration. `position` is None until the sequencer has seen it."""

    position: int | None
    id: UUID
    kind: str
    version: int
    about: UUID
    at: datetime
    recorded: datetime
    place: UUID | None
    person: UUID | None
    post: UUID | None
    purpose: str
    data: dict[str, Any]

    def typed(self) -> Fact:
        """The fact as its declared class. LookupError for a kind that this installation does not know."""
        model = model_of(self.kind)
        if model is None:
            raise LookupError(f"no installed app declares {self.kind!r}")
        return model.model_validate(self.data)


def select(sql: str, params: Sequence[Any] = ()) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def stored(row: Sequence[Any]) -> StoredFact:
    """From (position, *FIELDS). Django's driver hands JSON over as text in raw cursors."""
    data = row[-1]
    version, data = upcast(row[2], row[3], json.loads(data) if isinstance(data, str) else data)
    values: list[Any] = [*row[:3], version, *row[4:-1], data]
    return StoredFact(*values)


def kind_filter(kinds: Iterable[str]) -> tuple[str, list[Any]]:
    """A condition on f.kind: "case." takes every kind that begins so, "case.closed" that one; none takes all."""
    kinds = list(kinds)
    if not kinds:
        return "true", []
    return "(f.kind = ANY(%s) OR f.kind ^@ ANY(%s))", [
        [kind for kind in kinds if not kind.endswith(".")],
        [kind for kind in kinds if kind.endswith(".")],
    ]


def last_position() -> int:
    return select("SELECT coalesce(max(position), 0) FROM journal_position")[0][0]


def between(first: int, last: int, kinds: Iterable[str] = ()) -> list[StoredFact]:
    """Facts with positions first..last, both included, in order."""
    condition, params = kind_filter(kinds)
    sql = f"SELECT p.position, {FIELDS} FROM {SEQUENCED} WHERE p.position BETWEEN %s AND %s AND {condition}"  # noqa: S608
    return [stored(row) for row in select(f"{sql} ORDER BY p.position", [first, last, *params])]

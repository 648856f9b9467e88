"""The sealer: a chain of hashes over closed ranges of positions."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from .canonical import LEAF, leaf, seal_hash
from .rows import FIELDS, SEQUENCED, last_position, select

LONGEST_RANGE = 5000


@dataclass(frozen=True, slots=True)
class Seal:
    first: int
    last: int
    hash: bytes


class CannotSeal(RuntimeError):
    """A position or a fact is missing. `shanzhi journal verify` names it; sealing it would make the gap look right."""


def seal() -> list[Seal]:
    """Seal everything that has a position and no seal yet. Answers the new seals."""
    made: list[Seal] = []
    while (one := _seal_next()) is not None:
        made.append(one)
    return made


def latest() -> Seal | None:
    rows = select("SELECT first, last, hash FROM journal_seal ORDER BY last DESC LIMIT 1")
    return Seal(rows[0][0], rows[0][1], bytes(rows[0][2])) if rows else None


@transaction.atomic
def _seal_next() -> Seal | None:
    select("SELECT pg_advisory_xact_lock(1247761013, 3)")
    before = latest()
    previous = before.hash if before else b""
    first = before.last + 1 if before else 1
    last = min(last_position(), first + LONGEST_RANGE - 1)
    if last < first:
        return None
    rows = select(
        f"SELECT p.position, {FIELDS} FROM {SEQUENCED} WHERE p.position BETWEEN %s AND %s ORDER BY p.position",  # noqa: S608
        [first, last],
    )
    leaves = b"".join(map(leaf, rows))
    if len(leaves) != LEAF * (last - first + 1):
        raise CannotSeal(f"positions {first} to {last} do not all have their fact: run `shanzhi journal verify`")
    made = Seal(first, last, seal_hash(previous, first, last, leaves))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_seal (first, last, previous, leaves, hash) VALUES (%s, %s, %s, %s, %s)",
            [first, last, previous, leaves, made.hash],
        )
    return made

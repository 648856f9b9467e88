"""Recomputes every seal and names the first row that is not what was sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from .canonical import LEAF, leaf, seal_hash
from .rows import FIELDS, last_position, select

STRAY = """
SELECT f.id, f.recorded FROM journal_fact f
LEFT JOIN journal_position p ON p.fact_id = f.id
LEFT JOIN journal_unsequenced u ON u.recorded = f.recorded AND u.fact_id = f.id
WHERE p.fact_id IS NULL AND u.fact_id IS NULL ORDER BY f.recorded, f.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Broken:
    position: int | None
    fact: UUID | None
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    seals: int
    facts: int  # covered by seals that hold
    unsealed: int
    broken: Broken | None = None


def verify(known: bytes | None = None) -> Report:
    """Check the chain, the facts under it, and what is not sealed yet. May run beside writers.

    `known`: a seal's hash that was written down elsewhere; must be in the chain. Without one, nobody can tell a journal whose
    facts and seals were all made anew.
    """
    seals = facts = 0
    previous, end = b"", 0
    found = known is None
    while rows := select(
        "SELECT first, last, previous, leaves, hash FROM journal_seal WHERE last > %s ORDER BY last LIMIT 1", [end]
    ):
        first, last = rows[0][:2]
        stated, leaves, stored = map(bytes, rows[0][2:])
        broken = _seal(previous, end, first, last, stated, leaves, stored) or _rows(first, last, leaves)
        if broken:
            return Report(seals, facts, 0, broken)
        seals, facts, previous, end = seals + 1, facts + last - first + 1, stored, last
        found = found or stored == known
    if not found:
        return Report(
            seals, facts, 0, Broken(None, None, _("No seal has the hash that you gave: seals were removed or remade."))
        )
    return Report(seals, facts, last_position() - end, _tail(end))


def _seal(
    previous: bytes, end: int, first: int, last: int, stated: bytes, leaves: bytes, stored: bytes
) -> Broken | None:
    if first != end + 1:
        return Broken(end + 1, None, _("The seal that should begin here is missing."))
    if stated != previous:
        return Broken(first, None, _("The seal does not continue the one before it."))
    if seal_hash(previous, first, last, leaves) != stored:
        return Broken(
            first, None, _("The seal of positions %(first)s to %(last)s was changed.") % {"first": first, "last": last}
        )
    return None


def _rows(first: int, last: int, leaves: bytes) -> Broken | None:
    sql = (
        f"SELECT p.position, p.fact_id, {FIELDS} FROM journal_position p "  # noqa: S608
        "LEFT JOIN journal_fact f ON f.recorded = p.recorded AND f.id = p.fact_id WHERE p.position BETWEEN %s AND %s"
    )
    rows: dict[int, tuple[Any, ...]] = {row[0]: row for row in select(sql, [first, last])}
    for position in range(first, last + 1):
        expected = leaves[(position - first) * LEAF :][:LEAF]
        row = rows.get(position)
        if row is None:
            return Broken(position, None, _("The position is missing."))
        if row[2] is None:
            return Broken(position, row[1], _("The fact is gone, or says that it was recorded at another time."))
        if leaf((position, *row[2:])) != expected:
            return Broken(position, row[1], _differs(row, first, leaves))
    return None


def _differs(row: tuple[Any, ...], first: int, leaves: bytes) -> str:
    for offset in range(len(leaves) // LEAF):
        if leaf((first + offset, *row[2:])) == leaves[offset * LEAF :][:LEAF]:
            return _("Another fact was sealed here: this one belongs to position %(position)s.") % {
                "position": first + offset
            }
    return _("The content of the fact is not what was sealed.")


def _tail(end: int) -> Broken | None:
    gap = select(
        "SELECT n FROM generate_series(%s::bigint, %s::bigint) n LEFT JOIN journal_position p ON p.position = n "
        "WHERE p.position IS NULL ORDER BY n LIMIT 1",
        [end + 1, last_position()],
    )
    if gap:
        return Broken(gap[0][0], None, _("The position is missing."))
    lost = select(
        "SELECT p.position, p.fact_id FROM journal_position p LEFT JOIN journal_fact f ON f.recorded = p.recorded "
        "AND f.id = p.fact_id WHERE p.position > %s AND f.id IS NULL ORDER BY p.position LIMIT 1",
        [end],
    )
    if lost:
        return Broken(lost[0][0], lost[0][1], _("The fact is gone, or says that it was recorded at another time."))
    stray = select(STRAY)
    return Broken(None, stray[0][0], _("The fact came in without the queue and has no position.")) if stray else None

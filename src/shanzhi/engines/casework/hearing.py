"""Of whose change a page that watches places may be told: by the same rules as its lists, without asking for each reader."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.statements import ask

from .text_of import text_of
from .visible import confided, overlooked

# As text: the driver would make an object of each of many ids, to be compared once.
CHANGED = """
    SELECT c.id, c.version_id, c.state, p.path, c.procedure, c.involved::text[], casework_kept_out(c.id, %s::date)::text[]
    FROM casework_case c JOIN places_place p ON p.id = c.place_id WHERE c.id = ANY(%s::uuid[])
"""


class Changed(NamedTuple):
    """What of a case says who may hear that it changed. Never leaves the process.

    `quiet`: its reporter and sides are told nothing more of it (hushing.py), not even that something happened.
    """

    path: str
    procedure: str
    involved: frozenset[str]
    kept_out: frozenset[str]
    quiet: bool


def changed(cases: Collection[UUID]) -> dict[UUID, Changed]:
    """Of those ids that are cases. One statement, none without ids."""
    rows = ask(CHANGED, [today(), sorted(cases)]) if cases else ()
    return {
        id: Changed(path, named, frozenset(units), frozenset(out), text_of(version, named).states[state].quiet)
        for id, version, state, path, named, units, out in rows
    }


@dataclass(frozen=True, slots=True)
class Hearing:
    """A reader on duty. Confidential cases that a role reads in some states only are heard in all: they leave its lists, too."""

    person: str
    units: frozenset[str]
    looks_over: tuple[tuple[str, frozenset[str]], ...]  # the path of a place, procedures

    def hears(self, case: Changed) -> bool:
        if not self.person or self.person in case.kept_out:
            return False
        return not self.units.isdisjoint(case.involved) or any(
            case.path.startswith(path) and case.procedure in named for path, named in self.looks_over
        )

    def packed(self) -> list[Any]:
        """For a signed token."""
        return [self.person, sorted(self.units), [[path, sorted(named)] for path, named in self.looks_over]]

    @classmethod
    def unpacked(cls, packed: Iterable[Any]) -> Hearing:
        person, units, over = packed
        return cls(person, frozenset(units), tuple((path, frozenset(named)) for path, named in over))


def hearing_of(by: Actor) -> Hearing:
    found = overlooked(by)
    for path, procedure, _states in confided(by):
        found.setdefault(path, set()).add(procedure)
    return Hearing(
        str(by.person or ""),
        frozenset(map(str, by.units())),
        tuple((path, frozenset(named)) for path, named in found.items()),
    )

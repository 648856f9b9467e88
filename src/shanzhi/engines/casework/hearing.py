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
    SELECT c.id, c.version_id, c.state, p.path, c.procedure, c.involved::text[], casework_kept_out(c.id, %s::date)::text[],
      (SELECT from_state FROM casework_step WHERE case_id = c.id ORDER BY seq DESC LIMIT 1)
    FROM casework_case c JOIN places_place p ON p.id = c.place_id WHERE c.id = ANY(%s::uuid[])
"""


class Changed(NamedTuple):
    """What of a case says who may hear that it changed. Never leaves the process.

    `states`: where it stands, and where it stood before the last step: it may just have left a list.
    `quiet`: its reporter and sides are told nothing more of it (hushing.py), not even that something happened.
    """

    path: str
    procedure: str
    states: frozenset[str]
    involved: frozenset[str]
    kept_out: frozenset[str]
    quiet: bool


def changed(cases: Collection[UUID]) -> dict[UUID, Changed]:
    """Of those ids that are cases. One statement, none without ids."""
    rows = ask(CHANGED, [today(), sorted(cases)]) if cases else ()
    return {
        id: Changed(
            path,
            named,
            frozenset({state, before}),
            frozenset(units),
            frozenset(out),
            text_of(version, named).states[state].quiet,
        )
        for id, version, state, path, named, units, out, before in rows
    }


@dataclass(frozen=True, slots=True)
class Hearing:
    """A reader on duty. `confides`: the path of a place, procedure, states of confidential cases that a role reads in these only."""

    person: str
    units: frozenset[str]
    looks_over: tuple[tuple[str, frozenset[str]], ...]  # the path of a place, procedures
    confides: tuple[tuple[str, str, frozenset[str]], ...] = ()

    def hears(self, case: Changed) -> bool:
        if not self.person or self.person in case.kept_out:
            return False
        if not self.units.isdisjoint(case.involved):
            return True
        return any(case.path.startswith(path) and case.procedure in named for path, named in self.looks_over) or any(
            case.path.startswith(path) and case.procedure == named and not states.isdisjoint(case.states)
            for path, named, states in self.confides
        )

    def packed(self) -> list[Any]:
        """For a signed token."""
        over = [[path, sorted(named)] for path, named in self.looks_over]
        return [self.person, sorted(self.units), over, [[path, named, sorted(s)] for path, named, s in self.confides]]

    @classmethod
    def unpacked(cls, packed: Iterable[Any]) -> Hearing:
        person, units, over, confides = packed
        return cls(
            person,
            frozenset(units),
            tuple((path, frozenset(named)) for path, named in over),
            tuple((path, named, frozenset(states)) for path, named, states in confides),
        )


def hearing_of(by: Actor) -> Hearing:
    return Hearing(
        str(by.person or ""),
        frozenset(map(str, by.units())),
        tuple((path, frozenset(named)) for path, named in overlooked(by).items()),
        tuple((path, named, frozenset(states)) for path, named, states in confided(by)),
    )

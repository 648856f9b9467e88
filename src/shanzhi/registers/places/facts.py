"""What places write to the journal."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shanzhi.foundation.journal.facts import Code, Fact, declare


@declare
class CityImported(Fact):
    kind = "place.city-imported"
    city: UUID
    created: int
    renamed: int
    grids: int
    microgrids: int
    synthetic: bool  # were grids drawn that no public source has


@declare
class GridsImported(Fact):
    kind = "place.grids-imported"
    city: UUID
    created: int
    ended: int
    on: date


@declare
class Merged(Fact):
    kind = "place.merged"
    old: tuple[UUID, ...]
    new: UUID
    on: date


@declare
class Split(Fact):
    kind = "place.split"
    old: UUID
    new: tuple[UUID, ...]
    on: date


@declare
class Moved(Fact):
    kind = "place.moved"
    place: UUID
    parent_before: UUID
    parent: UUID
    below: int  # places that moved along
    on: date


@declare
class Recoded(Fact):
    kind = "place.recoded"
    place: UUID
    code_before: Code
    code: Code
    below: int
    on: date

"""Which unit is a complaint about? By its name, as people write it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shanzhi.foundation.base.refusals import NotFound
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries as people


def named(text: str) -> list[Any]:
    """Units whose name in either language is the text, else those whose name holds it; from the city down."""
    wanted = _plain(text)
    every = people.units() if wanted else []
    same = [unit for unit in every if wanted in map(_plain, unit.name.values())]
    return same or [unit for unit in every if any(wanted in _plain(name) for name in unit.name.values())]


def known(id: UUID) -> bool:
    return bool(people.units(ids=[id]))


def title(id: UUID | None) -> str:
    try:
        return pick(people.unit(id).name) if id else ""
    except NotFound:
        return ""


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()

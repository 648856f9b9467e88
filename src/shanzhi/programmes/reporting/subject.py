"""Which unit is a complaint about? By its name, as people write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanzhi.foundation.base.refusals import Invalid
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries as people

MOST = 10  # names offered to choose from


@dataclass(frozen=True, slots=True)
class Subject:
    """`unit` is settled, or None; `text`: what was typed; `choices`: (id, name) of the units it may mean."""

    unit: UUID | None = None
    text: str = ""
    name: str = ""
    choices: tuple[tuple[UUID, str], ...] = ()

    @property
    def given(self) -> bool:
        return bool(self.unit or self.text)


def subject_of(unit: str | UUID | None, text: str = "") -> Subject:
    """From a form: the unit chosen, else the one of the name typed, else those to choose from. Never refuses."""
    text, id = text.strip()[:60], _uuid(unit)
    if id is None and not text:
        return Subject()
    found = people.units(ids=[id]) if id else _named(text)
    if len(found) == 1:
        return Subject(found[0].id, text, pick(found[0].name))
    return Subject(None, text or "?", text, tuple((one.id, pick(one.name)) for one in found[:MOST]))


def settled(subject: Subject) -> UUID | None:
    """The unit, or None where the report is no complaint. Raises Invalid under "about"."""
    if subject.unit or not subject.text:
        return subject.unit
    if subject.choices:
        raise Invalid({"about": [_("Several units have this name. Please choose one.")]})
    if not subject.name:
        raise Invalid({"about": [_("This unit is no longer there. Please write its name again.")]})
    text = _("We found no unit of this name. Write it otherwise, or leave it empty and name it in your words.")
    raise Invalid({"about": [text]})


def _named(text: str) -> list[Any]:
    """Units whose name in either language is the text, else those whose name holds it; from the city down."""
    wanted = _plain(text)
    every = people.units() if wanted else []
    same = [unit for unit in every if wanted in map(_plain, unit.name.values())]
    return same or [unit for unit in every if any(wanted in _plain(name) for name in unit.name.values())]


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _uuid(given: str | UUID | None) -> UUID | None:
    try:
        return given if isinstance(given, UUID) else UUID(given or "")
    except ValueError:
        return None

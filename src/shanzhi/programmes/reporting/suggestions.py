"""What is it? The whole list in its classes, and what the words make likely. Suggested, never forced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.places import queries as places


@dataclass(frozen=True, slots=True)
class Shelf:
    """One class and its items, as (key, title) pairs."""

    key: str
    title: str
    items: tuple[tuple[str, str], ...]


def _catalogue(place: UUID) -> Any:
    return casework.text_at(places.place(place)).document("categories")


def categories_at(place: UUID) -> list[Shelf]:
    catalogue = _catalogue(place)
    return [
        Shelf(one.key, pick(one.title), tuple((i.key, pick(i.title)) for i in catalogue.items if i.class_ == one.key))
        for one in (catalogue.classes if catalogue else ())
    ]


def suggest(words: str, *, place: UUID) -> list[casework.Suggestion]:
    """At most three, the likest first, each with the hints that spoke for it; empty for words that say nothing."""
    catalogue = _catalogue(place)
    return casework.suggest(catalogue, words) if catalogue else []

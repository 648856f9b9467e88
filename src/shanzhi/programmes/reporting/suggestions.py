"""What is it? The whole list in its classes, and what the words make likely. Suggested, never forced."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.places import queries as places

from .kinds import Kind, kinds_at


@dataclass(frozen=True, slots=True)
class Shelf:
    """One class and its items, as (key, title) pairs; `elsewhere`: its items that this actor cannot open."""

    key: str
    title: str
    items: tuple[tuple[str, str], ...]
    elsewhere: tuple[Kind, ...] = ()


def categories_at(place: UUID, *, by: Actor, source: str = "resident") -> list[Shelf]:
    here = places.place(place)
    catalogue = casework.text_at(here).document("categories")
    if catalogue is None:
        return []
    kinds = kinds_at(here, by=by, source=source)
    shelves = []
    for one in catalogue.classes:
        own = [kinds[item.key] for item in catalogue.items if item.class_ == one.key and item.key in kinds]
        items = tuple((kind.key, kind.title) for kind in own if not kind.whom)
        shelves.append(Shelf(one.key, pick(one.title), items, tuple(kind for kind in own if kind.whom)))
    return [shelf for shelf in shelves if shelf.items or shelf.elsewhere]


def suggest(words: str, *, place: UUID, by: Actor, source: str = "resident") -> list[Kind]:
    """At most three, the likest first; empty for words that say nothing. One with `whom` is no choice, but says where to go."""
    here = places.place(place)
    catalogue = casework.text_at(here).document("categories")
    found = casework.suggest(catalogue, words) if catalogue else []
    kinds = kinds_at(here, by=by, source=source) if found else {}
    return [kinds[one.category.key] for one in found if one.category.key in kinds]

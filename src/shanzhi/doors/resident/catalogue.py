"""What it can be: the categories of a place as choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.foundation.base.texts import pick
from shanzhi.programmes.reporting import queries as reporting
from shanzhi.registers.places import queries as places

from .city import city, frequent

MOST_WORDS = 500  # more of a long text changes no suggestion


def titles(place: Any) -> dict[str, Any]:
    """Category key → title in both languages; empty where no playbook is adopted."""
    try:
        found = casework.text_at(place).document("categories")
    except Refusal:
        return {}
    return {item.key: item.title for item in found.items} if found else {}


def where(place: UUID | None) -> Any:
    """The place itself, else the city: what can be suggested before anyone knows where."""
    found = places.maybe(place)
    here = city()
    return found or (here.place if here else None)


@dataclass(frozen=True, slots=True)
class Offered:
    """`elsewhere`: what the words make likely and goes another way. `lost`: what was chosen is no choice in this place (any more);
    without a title the place does not know it at all.
    """

    suggested: tuple[tuple[str, str], ...] = ()
    from_words: bool = False
    chosen: str = ""
    elsewhere: tuple[reporting.Kind, ...] = ()
    lost: reporting.Kind | None = None


def offered(words: str, place: UUID | None, by: Actor, chosen: str = "") -> Offered:
    """From the words, else what is reported most; of that, what this actor may open there."""
    at = where(place)
    try:
        kinds = reporting.kinds_at(at, by=by, source="resident") if at else {}
    except Refusal:
        kinds = {}
    if not at or not kinds:
        return Offered(chosen=chosen)
    known = {key: kind.title for key, kind in kinds.items() if not kind.whom}
    likely = reporting.suggest(words[:MOST_WORDS], place=at.id, by=by) if words.strip() else []
    keys = [kind.key for kind in likely if not kind.whom]
    from_words = bool(keys)
    if not from_words:
        here = city()
        keys = [key for key in (frequent(here.place) if here else []) if key in known] or list(known)[:6]
    lost = None
    if chosen in known:
        keys = keys if chosen in keys else [chosen, *keys]
    elif chosen:
        lost, chosen = kinds.get(chosen) or _of_text(at, chosen), ""
    return Offered(
        tuple((key, known[key]) for key in keys), from_words, chosen,
        tuple(kind for kind in likely if kind.whom and kind != lost), lost,
    )  # fmt: skip


def shelves(place: UUID | None, by: Actor) -> list[reporting.Shelf]:
    at = where(place)
    try:
        return reporting.categories_at(at.id, by=by) if at else []
    except Refusal:
        return []


def _of_text(place: Any, key: str) -> reporting.Kind:
    """What residents cannot open there, or what no text of that place has."""
    title = titles(place).get(key)
    return reporting.Kind(key, pick(title) if title else "")

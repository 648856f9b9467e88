"""What it can be: the categories of a place as choices."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shanzhi.engines.casework import queries as casework
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


def offered(words: str, place: UUID | None, chosen: str = "") -> dict[str, Any]:
    """{"suggested": [(key, title)], "from_words": bool, "chosen": key}: from the words, else what is reported most."""
    at = where(place)
    if at is None:
        return {"suggested": [], "from_words": False, "chosen": chosen}
    known = titles(at)
    keys = (
        [one.category.key for one in reporting.suggest(words[:MOST_WORDS], place=at.id)]
        if words.strip() and known
        else []
    )
    from_words = bool(keys)
    if not from_words:
        here = city()
        keys = frequent(here.place) if here else []
        keys = keys or list(known)[:6]
    if chosen in known and chosen not in keys:
        keys = [chosen, *keys]
    return {
        "suggested": [(key, pick(known[key])) for key in keys if key in known],
        "from_words": from_words,
        "chosen": chosen,
    }

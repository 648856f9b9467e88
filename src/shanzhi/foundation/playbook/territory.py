"""How this app names places. Places lie above it, so they tell it (in PlacesConfig.ready)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

_by_code: Callable[[str], UUID | None] | None = None
_name: Callable[[UUID], str] | None = None


def register_territory(*, by_code: Callable[[str], UUID | None], name: Callable[[UUID], str]) -> None:
    """`by_code`: an official code → the place's id, or None; `name`: a place's id → its full name."""
    global _by_code, _name
    _by_code, _name = by_code, name


def place_id(code: str) -> UUID | None:
    """By official code, or by id written out."""
    found = _by_code(code) if _by_code else None
    if found:
        return found
    try:
        return UUID(code)
    except ValueError:
        return None


def place_name(place: UUID) -> str:
    return (_name(place) if _name else "") or str(place)

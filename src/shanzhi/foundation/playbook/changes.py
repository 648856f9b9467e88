"""What differs between two states of a playbook, item by item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

NAMES = ("key", "field", "id", "name")  # what names an item of a list; else its position does
ABSENT = object()


@dataclass(frozen=True, slots=True)
class Change:
    where: str  # "categories/items/manhole-cover/limit"
    old: Any  # None and `added` for what is new
    new: Any
    sort: str  # added | removed | changed


def changes(old: dict, new: dict) -> list[Change]:
    """Between two `content` dicts {kind: {name: data}}, in the order of the new one, what was removed last."""
    return list(_between(old, new, ""))


def _between(old: Any, new: Any, where: str) -> Iterator[Change]:
    old, new = _keyed(old), _keyed(new)
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*new, *(key for key in old if key not in new)]:
            yield from _between(old.get(key, ABSENT), new.get(key, ABSENT), f"{where}/{key}" if where else str(key))
    elif old is ABSENT:
        yield Change(where, None, new, "added")
    elif new is ABSENT:
        yield Change(where, old, None, "removed")
    elif old != new:
        yield Change(where, old, new, "changed")


def _keyed(value: Any) -> Any:
    """A list of named things as {name: thing}: moving or inserting one is then not a change of all after it."""
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        return value
    for name in NAMES:
        found = [item.get(name) for item in value]
        if all(isinstance(one, str) for one in found) and len(set(found)) == len(found):
            return dict(zip(found, value, strict=True))
    return value

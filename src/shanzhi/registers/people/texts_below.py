"""Places inside a place that go by a text of their own."""

from __future__ import annotations

from typing import Any

from shanzhi.foundation.playbook.queries import adopting
from shanzhi.registers.places import queries as places


def texts_below(top: Any) -> dict[str, tuple[Any, Any]]:
    """path → (place, playbook version), widest first: what holds there instead of what holds in `top`."""
    own = adopting()
    found = [one for one in places.places(own).values() if one.path != top.path and one.path.startswith(top.path)]
    return {one.path: (one, own[one.id]) for one in sorted(found, key=lambda one: one.path)}


def under_any(path: str, tops: dict[str, Any]) -> str:
    """The nearest of these paths that the path lies under, or ""."""
    return max((one for one in tops if path.startswith(one)), key=len, default="")

"""What can be reported in a place, by whom: the categories that an actor may open there, and those that go another way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.texts import pick

PROCEDURE = "six-step"


@dataclass(frozen=True, slots=True)
class Kind:
    """`whom`: who takes such a matter down, where the actor may not open it; then it is no choice."""

    key: str
    title: str
    whom: str = ""


def kinds_at(place: Any, *, by: Actor, source: str) -> dict[str, Kind]:
    """By key, in the order of the text. Left out is what the actor may not open and nobody takes down."""
    version = casework.text_at(place)
    catalogue = version.document("categories")
    items = catalogue.items if catalogue else ()
    leads = {item.key: procedure_of(version, item.key) for item in items}
    whom: dict[str, str | None] = {}  # procedure → who opens it, "" the actor may, None nobody does
    for name in set(leads.values()):
        text = version.document("procedures", name)
        free = text is None or casework.may_open(text, place, by, source)
        whom[name] = "" if free else casework.opened_by(text, place) or None
    return {
        item.key: Kind(item.key, pick(item.title), who) for item in items if (who := whom[leads[item.key]]) is not None
    }


def procedure_of(version: Any, category: str | None) -> str:
    catalogue = version.document("categories")
    item = catalogue.item(category) if catalogue and category else None
    if item and item.procedure:
        return str(item.procedure)
    procedures = version.documents("procedures")
    reports: Sequence[str] = [key for key, text in procedures.items() if text.layout == "report"]
    return PROCEDURE if PROCEDURE in procedures or not reports else reports[0]

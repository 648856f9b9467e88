"""What orders and the hazards found on them are called, in the language of whoever reads: by standard and item, never by stored words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.texts import FALLBACK, Text

from .models import Order
from .standards import Inspections, Item, Standard

OWNER = "inspections"
LAYOUT, FIELD = "order", "item"
JOINTS = {FALLBACK: ("：", "、"), "en": (": ", ", ")}


def topic_of(standard: Standard, item: Item | None = None) -> str:
    return f"{OWNER}:{standard.key}:{item.key}" if item else f"{OWNER}:{standard.key}"


def order_words(standard: Standard) -> dict[str, str]:
    """The words of an order: its title and what is looked at."""
    return {
        language: f"{standard.title[language]}{colon}{joint.join(item.title[language] for item in standard.items)}"
        for language, (colon, joint) in JOINTS.items()
    }


def hazard_words(item: Item, note: str) -> str:
    """As casework takes words that begin with the house's own: the Chinese ones first, then what was typed."""
    title = item.title[FALLBACK]
    return f"{title}{JOINTS[FALLBACK][0]}{note}" if note else title


class Words:
    """For casework: the text under a case's topic, and the items in an order's steps."""

    def words(self, case: Any, key: str) -> Text | None:
        name, _colon, item = key.partition(":")
        standard = next((one for one in _standards(case) if one.key == name), None)
        if standard is None or not item:
            return order_words(standard) if standard else None
        found = standard.item(item)
        return found.title if found else None

    def ends(self, case: Any) -> datetime | None:
        """The end of the standard's hours, also for an order that is given, or given to somebody else, by hand."""
        own = casework.procedure_of(case).layout == LAYOUT
        found = Order.objects.filter(case=case.id).first() if own else None
        return found.ends if found else None

    def value(self, case: Any, field: Any, value: Any) -> Text | None:
        """Steps of old keep the title that the walker read, in whichever language: that is found as well."""
        if field.field != FIELD or casework.procedure_of(case).layout != LAYOUT:
            return None
        own = [item for one in _standards(case) if case.topic in ("", topic_of(one)) for item in one.items]
        known = next((item for item in own if item.key == value), None)
        known = known or next((item for item in own if value in item.title.values()), None)
        return known.title if known else None


def _standards(case: Any) -> Iterable[Standard]:
    text: Inspections | None = casework.text_of_case(case).document(OWNER)
    return text.standards if text else ()

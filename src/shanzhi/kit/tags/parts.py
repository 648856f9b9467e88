"""How a tag renders its template."""

from __future__ import annotations

from html import escape
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

TONES = ("neutral", "waiting", "working", "checking", "done", "stopped", "warn", "urgent", "info")


def part(name: str, /, **values: Any) -> SafeString:
    return mark_safe(get_template(f"kit/parts/{name}.html").render(values).strip())  # noqa: S308 - rendered by Django


def text(value: object) -> str:
    """Escaped, unless it is markup already: as Django's conditional_escape, whose way to it costs more than the escaping."""
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def known(tone: str) -> str:
    return tone if tone in TONES else "neutral"


def get(thing: Any, name: str, default: Any = "") -> Any:
    """A value of a dict or of an object."""
    found = thing.get(name, default) if isinstance(thing, dict) else getattr(thing, name, default)
    return default if found is None else found

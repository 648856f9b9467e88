"""What the sentences and keys of casework's playbook documents share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import StringConstraints

KEY = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
Key = Annotated[str, StringConstraints(pattern=KEY, max_length=60)]
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
STOPS = "。.；;，,"
# What a sentence of a playbook may name. Anything else is an error of the check, never an empty gap on a page.
SLOTS = frozenset({"number", "category", "place", "unit", "actor", "due", "reason", "hands"})


def unknown_slots(text: Mapping[str, str]) -> list[str]:
    return sorted({name for sentence in text.values() for name in PLACEHOLDER.findall(sentence)} - SLOTS)


def fill(sentence: str, values: Mapping[str, str]) -> str:
    """The sentence with its slots filled; a slot without a value becomes empty, never an error on a resident's page."""
    return PLACEHOLDER.sub(lambda match: _said(values.get(match[1], ""), sentence[match.end() :]), sentence)


def _said(value: str, after: str) -> str:
    """What somebody wrote may end in a full stop of its own."""
    return value.rstrip(STOPS + " ") if after.startswith(tuple(STOPS)) else value

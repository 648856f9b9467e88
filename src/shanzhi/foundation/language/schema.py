"""What an expression may read: named fields with types. Every field may be missing."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from shanzhi.foundation.base.texts import Text

Type = Literal["int", "bool", "text", "choice", "date", "set"]
TYPES: tuple[Type, ...] = get_args(Type)
BILLION = 10**9
INT64 = 2**63 - 1
FUNCTIONS = ("present", "default", "min", "max", "days_between", "date", "count")
RESERVED = frozenset((*FUNCTIONS, "true", "false", "null", "none", "True", "False", "None", *keyword.kwlist))


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `least` and `most` bound an int; a value outside them counts as missing. `choices`: key → title."""

    type: Type
    title: Text = field(default_factory=dict, hash=False)
    choices: Mapping[str, Text] = field(default_factory=dict, hash=False)
    least: int = -BILLION
    most: int = BILLION

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise ValueError(f"{self.type!r} is not a type of the language: {', '.join(TYPES)}")
        if not -INT64 <= self.least <= self.most <= INT64:
            raise ValueError("the bounds of an int must be in order and fit into 64 bits")
        if self.choices and self.type not in ("choice", "set"):
            raise ValueError("only a choice or a set has choices")


class Schema(Mapping[str, Field]):
    """Field names are identifiers in any script: stars, 满意度. ValueError if a name cannot be written in an expression."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        for name in fields:
            # Python's parser folds identifiers to NFKC: another spelling could never be found again.
            if not name.isidentifier() or unicodedata.normalize("NFKC", name) != name:
                raise ValueError(f"a field cannot be named {name!r}: use letters, digits and _")
            if name in RESERVED or name.startswith("__"):
                raise ValueError(f"a field cannot be named {name!r}: the language uses the word itself")
        self._fields = dict(fields)

    def __getitem__(self, name: str) -> Field:
        return self._fields[name]

    def __iter__(self):
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

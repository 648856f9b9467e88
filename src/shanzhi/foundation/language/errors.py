"""What is wrong with an expression, where, and what to do."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class ExpressionError(ValueError):
    """`position` counts characters of `source` from 0. Message and advice are translated when shown."""

    def __init__(self, message: str | Promise, position: int = 0, advice: str | Promise = "", source: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.advice = advice
        self.source = source

    @property
    def line(self) -> int:
        return self.source.count("\n", 0, self.position) + 1

    @property
    def column(self) -> int:
        """From 1, within the line."""
        return self.position - self.source.rfind("\n", 0, self.position)

    def __str__(self) -> str:
        place = format_lazy(_("at character {column}"), column=self.column)
        if self.line > 1:
            place = format_lazy(_("in line {line} at character {column}"), line=self.line, column=self.column)
        return f"{place}: {self.message} {self.advice}".strip()

    def shown(self) -> str:
        """The line of text with a caret below the fault; full-width characters count two columns."""
        line = self.source.split("\n")[self.line - 1]
        before = line[: self.column - 1]
        return f"{line}\n{''.join(chr(0x3000) if ord(c) > 0x2E7F else ' ' for c in before)}^"


def suggest(word: str, known: Any) -> str | Promise:
    close = get_close_matches(word, list(known), 1, 0.5)
    return format_lazy(_("Did you mean “{word}”?"), word=close[0]) if close else ""

"""One finding in a procedure's text."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    path: tuple[str | int, ...]
    message: str
    advice: str = ""
    level: str = "error"

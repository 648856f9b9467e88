"""All plays: who plays each, the play, and by which names (up to a colon) its pages are asked for."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from . import decisions, patrols, plays, sides
from .acting import Others
from .shot import Found

Play = Callable[[Page, Others], Found]
PLAYS: list[tuple[str, Play, str]] = [*plays.PLAYS, *decisions.PLAYS, *patrols.PLAYS, *sides.PLAYS]

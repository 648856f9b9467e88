"""Conditions of playbook text over a case, compiled once a process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from shanzhi.foundation.language.services import compile_expression

from .documents.schema import CASE


@lru_cache(maxsize=512)
def _compiled(text: str):
    return compile_expression(text, CASE, wants="bool")


def condition_words(text: str) -> str:
    """For people, in the current language."""
    return str(_compiled(text).describe())


def holds(text: str, facts: Mapping[str, Any]) -> bool:
    """Missing facts mean what the language says; a condition that says nothing does not hold."""
    return _compiled(text).closure(facts) is True

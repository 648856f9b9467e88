"""The clock of a case with what belongs to it: provisional, paused meanwhile, more time asked for."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from shanzhi.engines.casework import queries as casework

from .marks import clock
from .parts import part

register = template.Library()


@register.simple_tag
def case_clock(case: Any) -> SafeString:
    """Of a case from casework.queries.access_case; nothing for a closed one."""
    if case.final or case.due_at is None:
        return mark_safe("")
    notes = casework.clock_notes(case)
    if notes.paused or notes.asked:
        return part("case_clock", case=case, notes=notes)
    return clock(case.due_at, case.warn_at, notes.started, None, notes.provisional)

"""Playbook text of casework, as typed documents. Pure: no tables, no Django."""

from .categories import Catalogue, Category, CategoryClass
from .clock_text import ClockText, Escalate
from .procedure import Action, Evidence, FormField, Procedure, State
from .responsibility import Line, Responsibility

__all__ = [
    "Action",
    "Catalogue",
    "Category",
    "CategoryClass",
    "ClockText",
    "Escalate",
    "Evidence",
    "FormField",
    "Line",
    "Procedure",
    "Responsibility",
    "State",
]

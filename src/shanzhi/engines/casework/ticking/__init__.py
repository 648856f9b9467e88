"""Clocks that speak by themselves: nearly due, overdue, and up the levels to named people."""

from .past import making_a_past
from .recount import recount, recount_provisional
from .telling import tellings
from .tick import Ticked, tick

__all__ = ["Ticked", "making_a_past", "recount", "recount_provisional", "tellings", "tick"]

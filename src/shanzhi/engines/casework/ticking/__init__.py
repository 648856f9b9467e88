"""Clocks that speak by themselves: nearly due, overdue, and up the levels to named people."""

from .recount import recount, recount_provisional
from .telling import tellings
from .tick import Ticked, tick

__all__ = ["Ticked", "recount", "recount_provisional", "tellings", "tick"]

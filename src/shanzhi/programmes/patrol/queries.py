"""Reads of patrols. Orders come with the permission of their cases; names of volunteers only as said in `calls`."""

from .calling import CALLERS, LEAST, MOST, may_lead
from .calls import (
    Volunteer,
    access_call,
    call_of_code,
    calls,
    calls_of,
    fellows,
    may_manage,
    my_signup,
    my_signups,
    night_of,
    standing,
    unclosed,
    volunteers,
)
from .orders import Round, calls_nights, missed, missed_number, missed_orders, orders_of
from .sheet import Line, Sheet, access_order

__all__ = [
    "CALLERS", "LEAST", "MOST", "Line", "Round", "Sheet", "Volunteer", "access_call", "access_order", "call_of_code", "calls", "calls_nights", "calls_of",
    "fellows", "may_lead", "may_manage", "missed", "missed_number", "missed_orders", "my_signup", "my_signups", "night_of", "orders_of", "standing", "unclosed", "volunteers",
]  # fmt: skip

"""Accounts, persons, units and posts. Private to this app: others use services and queries."""

from .access import Access, Interest
from .accounts import Account
from .persons import Household, HouseholdMember, Person, Phone
from .units import Closure, Post, Unit

__all__ = [
    "Access",
    "Account",
    "Closure",
    "Household",
    "HouseholdMember",
    "Interest",
    "Person",
    "Phone",
    "Post",
    "Unit",
]

"""Places that go by one of the real playbooks, for tests that need them to, and not to see them adopted.

What a version holds is the same for all tests: each text is read, checked and committed once a process, and its documents, which
the process keeps by the version's id, are parsed once too. Where it is adopted belongs to the test, and goes with its transaction.
So a test that counts versions counts those of its own slug.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django.db import connections

from shanzhi.foundation.base.moment import today
from shanzhi.foundation.playbook import adoptions
from shanzhi.foundation.playbook.models import Adoption, Version
from shanzhi.foundation.playbook.services import load, store


def adopt(slug: str, *, place: Any, since: date | None = None) -> None:
    """Straight into the table, without a fact: the place and all below it go by this playbook (from today, if no date is given)."""
    Adoption.objects.create(place=place.id, version=_kept(slug), from_date=since or today(), by_system=True)
    adoptions.written()


@cache
def _kept(slug: str) -> Version:
    """Committed beside the test's transaction: a connection of its own."""
    ours, beside = connections["default"], connections.create_connection("default")
    connections["default"] = beside
    try:
        return store(load(slug))
    finally:
        connections["default"] = ours
        beside.close()

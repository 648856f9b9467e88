"""A person was erased: their name and number leave the parties of cases; the cases stay."""

from __future__ import annotations

from uuid import UUID

from .models import Party


def forget(person: UUID) -> int:
    """Runs as SYSTEM. Returns how many rows lost their values."""
    return Party.objects.filter(person=person).update(name="", phone="")

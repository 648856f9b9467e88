"""A divided matter follows its parts, which are cases of their own: it is not due before the last of them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.journal.services import append, command

from .fetching import fetch
from .models import Case
from .putting_off import put_off
from .turning import Turn, running
from .writing import write

STORED = ["warn_at", "due_at", "touched", "changed_at"]
WAITS = "parts"


def put_off_by(cases: Iterable[UUID]) -> list[UUID]:
    """The open wholes that one of these, as a part, outlasts. One statement."""
    parts = Case.objects.filter(pk__in=set(cases), closed_at=None, parent__closed_at=None, parent__waits_for=WAITS)
    return sorted(set(parts.filter(due_at__gt=F("parent__due_at")).values_list("parent_id", flat=True)))


def follow_children(whole: UUID) -> bool:
    """Idempotent, for subscribers: once it follows, there is nothing left to do."""
    with command("case.put-off", by=SYSTEM):
        case, at = fetch(whole, lock=True), now()
        if case.final or case.waits_for != WAITS or case.due_at is None:
            return False
        last = Case.objects.filter(parent=case, closed_at=None, due_at__gt=case.due_at).order_by("-due_at").first()
        clock = running(case)
        if last is None or last.due_at is None or clock is None:
            return False
        off = put_off(case, clock, last.due_at, at, "child", part=last)
        write(case, STORED, [off.step], Turn(at, change=[off.clock]))
        append(off.fact, about=case.id, by=SYSTEM, place=case.place_id, at=at)
        return True

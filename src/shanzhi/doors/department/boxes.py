"""The boxes of a unit's inbox: what is new, what is in work, where help was asked, what went to be checked, what is done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now

MOST = 99


def titles() -> dict[str, str]:
    return {
        "new": _("New"),
        "mine": _("With me"),
        "work": _("In work"),
        "help": _("Help asked"),
        "check": _("Being checked"),
        "late": _("Late or nearly due"),
        "done": _("Closed"),
    }


def where(by: Actor, moment: datetime) -> dict[str, tuple[Q, Q | None]]:
    """What each box holds: of cases that a unit has alone, and of those where several work, by how this unit's part stands. `mine` comes from casework's own list."""
    late = ~Q(waits_for="hands") & (Q(warn_at__lte=moment) | Q(due_at__lte=moment))
    parts = "given", "taken", "done", "returned", "help", "outside"
    return {
        "new": (Q(closed_at=None, waits_for="unit"), casework.parts_of(by, "given")),
        "work": (
            Q(closed_at=None, waits_for__in=("handler", "outside")),
            casework.parts_of(by, "taken", "outside"),
        ),
        "help": (Q(closed_at=None, waits_for="desk"), casework.parts_of(by, "returned", "help")),
        "check": (Q(closed_at=None, waits_for="checker"), casework.parts_of(by, "done", "checked")),
        "late": (Q(closed_at=None) & late, casework.parts_of(by, *parts, late_at=moment)),
        "done": (Q(closed_at__isnull=False), None),
    }


def _alone(by: Actor) -> Q:
    return Q(unit__in=list(by.units()))


def _beside(by: Actor) -> Q:
    """What several units have or had; each word of it for the index."""
    return Q(hands_on__gt=0, involved__overlap=list(by.units()))


def listed(by: Actor, box: str) -> QuerySet[Any]:
    """The most pressing first; closed ones, the newest first."""
    if box == "mine":
        return casework.inbox(by, "mine")
    alone, part = where(by, now())[box]
    ours = (_alone(by) & alone) | (_beside(by) & (alone if part is None else part))
    cases = casework.duty_cases(by).filter(ours).select_related("place", "unit")
    return cases.order_by("-closed_at", "-id") if box == "done" else casework.by_own_clock(cases, by)


def counts(by: Actor) -> dict[str, int]:
    """Up to 100 of each: more than that is "99+" to whoever looks. One statement, however many cases."""
    return casework.numbers(by, list(titles()), _parts, MOST + 1)


def _parts(by: Actor, at: datetime) -> dict[str, list[QuerySet[Any]]]:
    """In the order of the index of a unit's open cases, or of all its cases: else a unit with none would be looked for in everybody's."""
    order = {"done": ("unit_id",)}
    cases = casework.duty_cases(by)
    found = {
        name: [
            cases.filter(_alone(by), alone).order_by(*order.get(name, ("unit_id", "due_at"))),
            cases.filter(_beside(by), alone if part is None else part),
        ]
        for name, (alone, part) in where(by, at).items()
    }
    return found | {"mine": casework.waiting(by, "mine")}


def shown(number: int) -> int | str:
    return number if number <= MOST else f"{MOST}+"

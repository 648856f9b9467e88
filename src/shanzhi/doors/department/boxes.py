"""The boxes of a unit's inbox: what is new, what is in work, where help was asked, what went to be checked, what is done."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now


def titles() -> dict[str, str]:
    return {
        "new": _("New"),
        "mine": _("With me"),
        "work": _("In work"),
        "help": _("Help asked"),
        "check": _("Being checked"),
        "late": _("Late or nearly"),
        "done": _("Closed"),
    }


def where(by: Actor) -> dict[str, Q]:
    """What of the unit's cases each box holds; where several units work on one, by how this unit's part stands. `mine` comes from casework's own list."""
    alone, moment = Q(closed_at=None, unit__in=list(by.units())), now()
    late = ~Q(waits_for="hands") & (Q(warn_at__lte=moment) | Q(due_at__lte=moment))
    return {
        "new": (alone & Q(waits_for="unit")) | casework.parts_of(by, "given"),
        "work": (alone & Q(waits_for__in=("handler", "outside"))) | casework.parts_of(by, "taken", "outside"),
        "help": (alone & Q(waits_for="desk")) | casework.parts_of(by, "returned", "help"),
        "check": (alone & Q(waits_for="checker")) | casework.parts_of(by, "done", "checked"),
        "late": (alone & late)
        | casework.parts_of(by, "given", "taken", "done", "returned", "help", "outside", late_at=moment),
        "done": Q(closed_at__isnull=False),
    }


def ours(by: Actor) -> QuerySet[Any]:
    """What the units have now, alone or beside others, and what they had a part in."""
    units = list(by.units())
    return casework.duty_cases(by).filter(Q(unit__in=units) | Q(hands_on__gt=0, involved__overlap=units))


def listed(by: Actor, box: str) -> QuerySet[Any]:
    """The most pressing first; closed ones, the newest first."""
    if box == "mine":
        return casework.inbox(by, "mine")
    cases = ours(by).filter(where(by)[box]).select_related("place", "unit")
    return (
        cases.order_by("-closed_at", "-id") if box == "done" else cases.order_by(F("due_at").asc(nulls_last=True), "id")
    )


def options(by: Actor) -> list[tuple[str, str, int]]:
    """(box, title, number); two statements."""
    numbers = ours(by).aggregate(**{name: Count("id", filter=which) for name, which in where(by).items()})
    numbers["mine"] = casework.inbox(by, "mine").count()
    return [(name, title, numbers[name]) for name, title in titles().items()]

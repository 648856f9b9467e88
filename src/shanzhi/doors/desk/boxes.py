"""The boxes of the desk: what waits for a decision, by the kind of decision."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now

# What waits for the desk, told apart by the visible step that it stands at.
WAITING = {"triage": Q(stage__lte=1), "dispatch": Q(stage=2), "help": Q(stage__gte=3)}
DESK = ("now", *WAITING)


def titles() -> dict[str, str]:
    return {
        "now": _("Needs a decision"),
        "triage": _("To triage"),
        "dispatch": _("To dispatch"),
        "help": _("Help asked"),
        "check": _("To check"),
        "ours": _("With my unit"),
        "late": _("Late or nearly"),
        "all": _("All open"),
    }


def listed(by: Actor, box: str) -> QuerySet[Any]:
    """The most pressing first. An unknown box is the first one."""
    if box in WAITING:
        return casework.inbox(by, "desk").filter(WAITING[box])
    if box == "check":
        return casework.inbox(by, "check")
    if box == "ours":
        return casework.inbox(by, "unit")
    if box in ("late", "all"):
        cases = casework.visible_cases(by).filter(closed_at=None).select_related("place", "unit")
        cases = cases.filter(late()) if box == "late" else cases
        return cases.order_by(F("due_at").asc(nulls_last=True), "id")
    return casework.inbox(by, "desk")


def late() -> Q:
    return Q(warn_at__lte=now()) | Q(due_at__lte=now())


def counts(by: Actor) -> dict[str, int]:
    """Four statements, however many cases."""
    asked = {name: Count("id", filter=which) for name, which in WAITING.items()}
    found = casework.inbox(by, "desk").order_by().aggregate(now=Count("id"), **asked)
    found["check"] = casework.inbox(by, "check").count()
    found["ours"] = casework.inbox(by, "unit").count()
    mine = casework.visible_cases(by).filter(closed_at=None)
    return found | mine.aggregate(all=Count("id"), late=Count("id", filter=late()))


def options(by: Actor) -> list[tuple[str, str, int]]:
    numbers = counts(by)
    return [(name, title, numbers[name]) for name, title in titles().items()]

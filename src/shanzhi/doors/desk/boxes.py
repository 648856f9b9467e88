"""The boxes of the desk: what waits for a decision, by the kind of decision."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now

# What waits for the desk, told apart by the visible step that it stands at.
WAITING = {"triage": Q(stage__lte=1), "dispatch": Q(stage=2), "help": Q(stage__gte=3)}
DESK = ("now", *WAITING)
MOST = 99


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
        return casework.inbox(by, "desk", WAITING[box])
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
    """Up to 100 of each: more than that is "99+" to whoever looks. One statement, however many cases."""
    return casework.counted({name: listed(by, name) for name in titles()}, most=MOST + 1)


def options(by: Actor) -> list[tuple[str, str, int | str]]:
    return [
        (name, title, shown(number))
        for (name, number), title in zip(counts(by).items(), titles().values(), strict=True)
    ]


def shown(number: int) -> int | str:
    return number if number <= MOST else f"{MOST}+"

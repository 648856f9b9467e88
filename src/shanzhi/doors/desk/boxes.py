"""The boxes of the desk: what waits for a decision, by the kind of decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now

from .matters import at_desk, procedures

# What waits for the desk, told apart by the visible step that it stands at. A matter with two sides is neither triaged nor dispatched:
# at every step it waits for its mediators, to be begun, taken up, referred, or ended with the notice.
WAITING = {
    "triage": casework.Heap(most=1, sided=False),
    "dispatch": casework.Heap(least=2, most=2, sided=False),
    "help": casework.Heap(least=3, sided=False),
    "pickup": casework.Heap(sided=True),
}
DESK = ("now", *WAITING)
MOST = 99


def titles(by: Actor) -> dict[str, str]:
    """Of the boxes that may hold something for this actor, in order; the first is where they begin."""
    named = {
        "now": _("Needs a decision"),
        "triage": _("To triage"),
        "dispatch": _("To dispatch"),
        "help": _("Requests"),
        "pickup": _("Disputes to act on"),
        "check": _("To check"),
        "ours": _("With my unit"),
        "late": _("Late or nearly due"),
        "all": _("All open"),
    }
    never = set(WAITING) - casework.heaps_of(by, WAITING)
    if not casework.checks(by):
        never.add("check")
    if never.issuperset(WAITING):  # who only checks has nothing to decide
        never.add("now")
    return {name: title for name, title in named.items() if name not in never}


def listed(by: Actor, box: str) -> QuerySet[Any]:
    """The most pressing first. An unknown box is the first one."""
    return _listed(by, now(), box, procedures(by))


def pages(by: Actor, box: str) -> casework.KeptList:
    """The same to turn the pages of, with a picture of each."""
    return casework.KeptList(by, _pictured, (box, tuple(procedures(by))), bounded=True)


def _pictured(by: Actor, at: datetime, box: str, named: Sequence[str], most: int) -> QuerySet[Any]:
    return casework.with_pictures(casework.with_requests(_listed(by, at, box, named, most)))


def _listed(by: Actor, at: datetime, box: str, named: Sequence[str], most: int | None = None) -> QuerySet[Any]:
    """`named`: the procedures of matters, where there are orders too. `most`: how many are wanted."""
    if box in WAITING:
        return casework.inbox(by, "desk", WAITING[box])
    if box == "check":
        return casework.inbox(by, "check")
    if box == "ours":
        return casework.inbox(by, "unit")
    if box in ("late", "all"):
        cases = casework.listed(at_desk(casework.duty_cases(by).filter(closed_at=None), named))
        cases = cases.filter(casework.pressing(at)) if box == "late" else cases
        return casework.with_part_due(casework.most_pressing_first(cases, at, most), at)
    return casework.inbox(by, "desk")


def counts(by: Actor, named: Iterable[str] = ()) -> dict[str, int]:
    """Up to 100 of each box of `titles`: more than that is "99+" to whoever looks. One statement, however many cases."""
    names = list(named or titles(by))
    found = casework.numbers(by, [name for name in names if name != "now"], _parts, MOST + 1, (tuple(procedures(by)),))
    found["now"] = min(sum(found.get(name, 0) for name in WAITING), MOST + 1)  # every step is in one of them
    return {name: found[name] for name in names}


def _parts(by: Actor, at: datetime, named: Sequence[str]) -> dict[str, list[QuerySet[Any]]]:
    open_ = at_desk(casework.duty_cases(by).filter(closed_at=None), named)
    first = open_.alias(first=Least("warn_at", "due_at"))
    return {
        **{name: casework.waiting(by, "desk", heap) for name, heap in WAITING.items()},
        "check": casework.waiting(by, "check"),
        "ours": casework.waiting(by, "unit"),
        "late": [
            first.filter(first__lte=at).order_by("first"),
            open_.filter(casework.parts_pressing(at)),
        ],  # of the first, PostgreSQL leaves out what is not set
        "all": [open_.order_by("due_at")],
    }


def options(by: Actor, named: Mapping[str, str]) -> list[tuple[str, str, int | str]]:
    """`named`: the actor's `titles`."""
    found = counts(by, named)
    return [(name, title, shown(found[name])) for name, title in named.items()]


def shown(number: int) -> int | str:
    return number if number <= MOST else f"{MOST}+"

"""A request for more time that waits for its decision: who sees that it is there, and who may decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor

from .documents import Action
from .models import Case, Clock, Extension, Hand

ASKS, GRANTS, REFUSES = "ask-extension", "extend", "refuse-extension"
DECIDES = (GRANTS, REFUSES)


def with_asked(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Adds `asked`: {"id", "by", "limit"} of the request that waits for a decision, or None."""
    open_ = Extension.objects.filter(
        case=OuterRef("pk"), granted=None, clock__stopped=None, clock__hand=None
    ).order_by()
    found = open_.values(found=JSONObject(id="id", by="asked_by_id", limit="limit"))[:1]
    return cases.annotate(asked=Subquery(found))


def with_asked_of_hands(hands: QuerySet[Hand]) -> QuerySet[Hand]:
    """The same for the part of one unit, whose own clock it is about; and `runs_on`, the limit of that clock."""
    open_ = Extension.objects.filter(clock__hand=OuterRef("pk"), granted=None, clock__stopped=None).order_by()
    found = open_.values(found=JSONObject(id="id", by="asked_by_id", limit="limit"))[:1]
    runs = Clock.objects.filter(hand=OuterRef("pk"), stopped=None, paused=None).values("limit")
    return hands.annotate(asked=Subquery(found), runs_on=Subquery(runs[:1]))


def with_requests(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Adds `asks_more`: does a request for more time wait for its decision, of the case or of a unit's part? And `part_waits`: a part
    that waits for the desk, "help" or "returned", the most pressing first; or None.
    """
    parts = Hand.objects.filter(case=OuterRef("pk"), ended_at=None, stand__in=[Hand.Stand.HELP, Hand.Stand.RETURNED])
    return cases.annotate(
        asks_more=Exists(undecided_cases().filter(case=OuterRef("pk"))),
        part_waits=Subquery(parts.order_by("due_at").values("stand")[:1]),
    )


def undecided_cases() -> QuerySet[Extension, Mapping[str, Any]]:
    """Ids of cases in which a request waits: few at any time, and there is an index of just these."""
    return Extension.objects.filter(granted=None, clock__stopped=None).values("case")


def undecided(action: Action, case: Case) -> bool:
    """Does the action decide on a request although there is none?"""
    return action.effect in DECIDES and not getattr(case, "asked", None)


def extension_barred(action: Action, case: Case, by: Actor) -> Promise | None:
    asked: dict[str, Any] | None = getattr(case, "asked", None)
    if action.effect == ASKS and asked:
        return _("More time has been asked for already. Please wait for the decision.")
    if action.effect in DECIDES and asked and str(by.person) == asked["by"]:
        return _("Whoever asked for more time does not decide on it. Please leave it to somebody else.")
    return None

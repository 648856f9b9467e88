"""Cases in which a hand waits for somebody, as conditions for lists. Each hand's rows are few; the index on them is of open ones."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as Either
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from shanzhi.foundation.base.actor import Actor

from .hands import OPEN
from .models import Case, Hand
from .visible import Among

WITH_UNIT = (Hand.Stand.GIVEN, Hand.Stand.TAKEN, Hand.Stand.HELP, Hand.Stand.OUTSIDE)
WITH_DESK = (Hand.Stand.RETURNED, Hand.Stand.HELP)


def cases_of(hands: QuerySet[Hand]) -> Q:
    """An array, worked out once: beside other conditions it leaves the index on the id usable."""
    return Q(Among(F("pk"), ArraySubquery(hands.filter(ended_at=None).order_by().values("case"))))


def with_units(by: Actor) -> Q:
    return cases_of(Hand.objects.filter(unit__in=list(by.units()), stand__in=WITH_UNIT))


def with_person(by: Actor) -> Q:
    """Taken by the actor, or given to a post that the actor holds."""
    mine = Q(taker=by.person) | Q(taker=None, post__in=[post.id for post in by.posts])
    return cases_of(Hand.objects.filter(mine, stand__in=WITH_UNIT))


def to_check() -> Q:
    return cases_of(Hand.objects.filter(stand=Hand.Stand.DONE))


def returned() -> Q:
    return cases_of(Hand.objects.filter(stand__in=WITH_DESK))


def held(*, post: UUID | None = None, unit: UUID | None = None) -> Q:
    """What would go over to others if this post or unit ended: open cases, and cases of which it has a part."""
    mine = {"post": post} if post else {"unit": unit}
    return Q(closed_at=None) & (Q(**mine) | cases_of(Hand.objects.filter(stand__in=OPEN, **mine)))


def parts_of(by: Actor, *stands: str, late_at: datetime | None = None) -> Q:
    """Cases in which a part of the actor's units stands so; `late_at`: and is late or nearly so at that moment."""
    rows = Hand.objects.filter(unit__in=list(by.units()), stand__in=stands)
    return cases_of(rows.filter(paused=None, warn_at__lte=late_at) if late_at else rows)


def by_own_clock(cases: QuerySet[Case], by: Actor) -> QuerySet[Case]:
    """The most pressing first by the clock that the actor's rows show: of their units' part where several work (`own_hands`), else of the case."""
    parts = Hand.objects.filter(case=OuterRef("pk"), unit__in=list(by.units()), ended_at=None)
    part = Subquery(parts.order_by(F("due_at").asc(nulls_last=True)).values("due_at")[:1])
    due = Coalesce(Either(When(hands_on__gt=0, then=part)), F("due_at"))
    return cases.order_by(due.asc(nulls_last=True), "id")

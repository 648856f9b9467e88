"""Fetching a case with what its permissions need, in one statement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.compiled import MOMENT, Compiled, Kept, mark
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import NotFound

from .asked import with_asked
from .models import Case, CaseFile, Join, Reminder

_kept = Kept()


class Reporters(Func):
    """Ids of the reporting person (none if without account): a database function that passes row-level security.

    Never leaves this app: it only answers whether an actor is the reporter or too near to them.
    """

    function = "casework_reporters"
    output_field = ArrayField(models.UUIDField())


class Sides(Func):
    """{person or party id: side}, by a database function that passes row-level security. Never leaves this app."""

    function = "casework_sides"
    output_field = models.JSONField()


class Followers(Func):
    """How many others follow, by a database function that passes row-level security."""

    function = "casework_followers"
    output_field = models.IntegerField()


def with_surroundings(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Adds what a page would ask for beside the case itself, or that there is nothing of it: `followers`, `links` (joins both ways),
    `divided` (it has children), `warned` (a clock has spoken).
    """
    links = Join.objects.filter(Q(case=OuterRef("pk")) | Q(into=OuterRef("pk"))).order_by()
    return cases.annotate(
        followers=Followers(F("pk")),
        links=ArraySubquery(links.values(pair=JSONObject(case="case_id", into="into_id"))),
        divided=Exists(Case.objects.filter(parent=OuterRef("pk"))),
        warned=Exists(Reminder.objects.filter(case=OuterRef("pk"))),
    )


def with_standing(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Adds `reporters`, `sides`, `asked` (asked.py) and `earlier_photos` (how many pictures of before there are)."""
    earlier = (
        CaseFile.objects.filter(case=OuterRef("pk"), moment__in=["before", "spot"])
        .order_by()
        .values("case")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        with_asked(cases)  # type: ignore[no-redef]  # the model says what types two of them have
        .select_related("place", "unit")
        .annotate(
            reporters=Reporters(F("pk")),
            sides=Sides(F("pk")),
            earlier_photos=Coalesce(Subquery(earlier), 0),
        )
    )


one_case = Compiled(lambda id: with_standing(Case.objects.filter(pk=id)))
locked_case = Compiled(
    lambda id: with_standing(Case.objects.filter(pk=id)).select_for_update(of=("self",), no_key=True)
)


class Near(Func):
    """Is somebody too near to a case? By a database function; see `separation.near_to`."""

    function = "casework_near"
    output_field = models.BooleanField()


def as_seen_by(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Of the case and for the person that `asked_by` puts in."""
    day = Cast(Value(MOMENT, models.DateTimeField()), models.DateField())
    return cases.filter(pk=mark(0)).annotate(too_near=Near(F("pk"), mark(1), F("subject_unit"), day))


def asked_by(name: str, build: Callable[[], QuerySet[Case]], id: UUID, by: Actor) -> Case | None:
    """The case of a queryset made with `as_seen_by`. No statement more is needed to know that the actor is not too near."""
    noon = datetime.combine(today(), time(12), UTC)  # the day, wherever the connection's clock stands
    for found in _kept.rows(name, build, {mark(0): id, mark(1): by.person, MOMENT: noon}):
        found._near_to = (by.person, found.too_near)
        return found
    return None


def _locked() -> QuerySet[Case]:
    return as_seen_by(with_standing(Case.objects.all())).select_for_update(of=("self",), no_key=True)


def fetch(id: UUID, *, lock: bool = False, by: Actor | None = None) -> Case:
    """Raises NotFound. `by`: who is going to act on it; then it is known at once whether they are too near."""
    if lock and by is not None and by.person is not None:
        found = asked_by("locked", _locked, id, by)
    else:
        found = (locked_case if lock else one_case).first(id)
    if found is None:
        raise unknown()
    return found


def unknown() -> NotFound:
    return NotFound(_("There is no such case, or you may not see it."))

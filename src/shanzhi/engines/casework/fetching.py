"""Fetching a case with what its permissions need, in one statement."""

from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.compiled import Compiled
from shanzhi.foundation.base.refusals import NotFound

from .asked import with_asked
from .models import Case, CaseFile, Join, Reminder


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


def fetch(id: UUID, *, lock: bool = False) -> Case:
    """Raises NotFound."""
    found = (locked_case if lock else one_case).first(id)
    if found is None:
        raise unknown()
    return found


def unknown() -> NotFound:
    return NotFound(_("There is no such case, or you may not see it."))

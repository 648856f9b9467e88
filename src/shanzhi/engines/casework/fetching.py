"""Fetching a case with what its permissions need, in one statement."""

from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, Func, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.compiled import Compiled
from shanzhi.foundation.base.refusals import NotFound

from .asked import with_asked
from .models import Case, CaseFile


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

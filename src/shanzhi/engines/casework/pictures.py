"""The picture that stands for a case in a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, When

from .models import CaseFile

AFTER = Q(moment="after")


def with_pictures(cases: QuerySet[Any]) -> QuerySet[Any]:
    """Adds `picture`, as first_pictures tells it, to a list whose rows are few."""
    order = (
        ExpressionWrapper(AFTER, BooleanField()).desc(),
        Case(When(AFTER, then=F("id"))).desc(nulls_last=True),
        "id",
    )
    return cases.annotate(
        picture=Subquery(CaseFile.objects.filter(case=OuterRef("pk")).order_by(*order).values("file")[:1])
    )


def first_pictures(cases: Iterable[UUID]) -> dict[UUID, UUID]:
    """case → file, the newest of after, else the first that came; one statement. For cases that the caller may see."""
    found: dict[UUID, UUID] = {}
    done: set[UUID] = set()
    for case, file, moment in (
        CaseFile.objects.filter(case__in=list(cases)).order_by("id").values_list("case_id", "file_id", "moment")
    ):
        if moment == "after":
            found[case] = file
            done.add(case)
        elif case not in done:
            found.setdefault(case, file)
    return found

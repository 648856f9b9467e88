"""The picture that stands for a case in a list."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from .models import CaseFile


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

"""Who of many has to stay out of a case: for whom a notice, a reminder or a list of people to choose from is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.statements import ask

from .models import Case


def staying_out(case: Case, persons: Collection[UUID]) -> set[UUID]:
    """A side, the reporter, whoever is near to one or stepped back, and members of the unit complained about. One statement,
    none without persons.
    """
    return set(kept_out([case.id])[case.id].intersection(persons)) if persons else set()


def kept_out(cases: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """case → who has to stay out of it. One statement, none without cases."""
    wanted = sorted(set(cases))
    asked = "SELECT c, casework_kept_out(c, %s::date) FROM unnest(%s::uuid[]) c"
    rows = ask(asked, [today(), wanted]) if wanted else ()
    return {case: frozenset(persons) for case, persons in rows}

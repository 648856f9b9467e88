"""Who of many has to stay out of a case: for whom a notice, a reminder or a list of people to choose from is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.statements import ask

from .models import Case

ASKED = """
SELECT p FROM unnest(%s::uuid[]) p WHERE %s::uuid = ANY (casework_stays_out(p))
  OR EXISTS (SELECT 1 FROM people_post o WHERE o.person_id = p AND o.unit_id = %s::uuid
             AND o.since <= %s::date AND (o.until IS NULL OR o.until > %s::date))
"""


def staying_out(case: Case, persons: Collection[UUID]) -> set[UUID]:
    """A side, the reporter, whoever is near to one or stepped back, and members of the unit complained about. One statement,
    none without persons.
    """
    day = today()
    values = [list(persons), case.id, case.subject_unit_id, day, day]
    return {row[0] for row in ask(ASKED, values)} if persons else set()


def cases_of(persons: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """person → the cases of which they have to stay out. One statement, none without persons."""
    wanted = sorted(set(persons))
    rows = ask("SELECT p, casework_stays_out(p) FROM unnest(%s::uuid[]) p", [wanted]) if wanted else ()
    return {person: frozenset(cases) for person, cases in rows}

"""Through which of the visible steps cases really went: one may jump over a rung."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from .models import Case, Step
from .text_of import procedure_of


def stages_walked(cases: Iterable[Case]) -> dict[UUID, frozenset[int]]:
    """case → stages of the states in its story (`timeline`); one statement, none without cases. For cases that the caller may
    see: it is the same for every reader, as the states that a matter was in are.
    """
    known = {case.pk: procedure_of(case) for case in cases}
    if not known:
        return {}
    been: dict[UUID, set[int]] = defaultdict(set)
    steps = Step.objects.filter(case__in=list(known)).order_by().values_list("case_id", "to_state").distinct()
    for case, state in steps:
        been[case].add(known[case].states[state].stage)
    return {case: frozenset(stages) for case, stages in been.items()}

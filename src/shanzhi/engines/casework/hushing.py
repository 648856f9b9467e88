"""States that tell residents nothing but their title and sentence: what is due there, and for whom, is for staff."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from shanzhi.foundation.base.actor import NOBODY, Actor

from .models import Case
from .sentences import audience_of
from .text_of import procedure_of
from .visible import duty_cases, own


def quiet(case: Case) -> bool:
    return procedure_of(case).states[case.state].quiet


def hush(case: Case, by: Actor) -> Case:
    """The case as this reader may know it. HAZARD: for reading only, never to be saved or reckoned with. No statement if the case
    comes with its reporters and sides, or the actor holds no post.
    """
    return _bare(case) if quiet(case) and audience_of(case, by) == "reporter" else case


def hush_all(cases: Iterable[Case], by: Actor = NOBODY) -> list[Case]:
    """Rows of lists. One statement more for an officer, and only if one of them stands quietly. Without `by`: as any resident reads them."""
    found = list(cases)
    if by.system:
        return found
    still = [case.pk for case in found if quiet(case)]
    if still and by.posts:
        still = list(Case.objects.filter(own(by), pk__in=still).values_list("pk", flat=True))
    return [_bare(case) if case.pk in still else case for case in found]


def in_danger(cases: Iterable[Case], by: Actor) -> set[UUID]:
    """Which rows of a list on duty stand where only protection may follow. One statement more, and only if one does.

    HAZARD: the other side must never learn of it (boundary 16). Hence it is asked anew who has it on duty, whatever list the rows come from.
    """
    still = [case.pk for case in cases if (state := procedure_of(case).states[case.state]).quiet and state.law]
    return set(duty_cases(by).filter(pk__in=still).values_list("pk", flat=True)) if still else set()


def _bare(case: Case) -> Case:
    case.due_at = case.warn_at = None
    case.unit = None  # who has it since would say that it was not the other side who spoke
    case.hushed = True  # type: ignore[attr-defined]
    for name in ("clock_runs", "clock_stands", "asked"):
        setattr(case, name, None)
    return case

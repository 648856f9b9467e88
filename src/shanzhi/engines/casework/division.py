"""Which cases came from dividing one: what its reporter follows with it, and nothing else that hangs together with it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid5

from shanzhi.foundation.base.actor import Actor

from .models import Case, Step
from .relations import is_reporter

DEEPEST = 5  # a part may be divided again


def part_id(step: UUID, number: int) -> UUID:
    """Of the case that a division makes: follows from the step, so a retry makes no second one."""
    return uuid5(step, f"part:{number}")


def parts_of(case: UUID) -> frozenset[UUID]:
    """Parts of the whole, and of its parts. Two statements for each level, none where nothing was divided."""
    found: set[UUID] = set()
    level = {case}
    for _depth in range(DEEPEST):
        level = _parts(level) - found
        if not level:
            break
        found |= level
    return frozenset(found)


def _parts(wholes: Iterable[UUID]) -> set[UUID]:
    steps = list(Step.objects.filter(case__in=list(wholes), effect="split").values_list("id", flat=True))
    if not steps:
        return set()
    below = set(Case.objects.filter(parent__in=list(wholes)).values_list("id", flat=True))
    # What another procedure was opened for is a child too, but no part: its reporter follows the case they reported.
    return below & {part_id(step, number) for step in steps for number in range(len(below))}


def reported_as(case: UUID) -> UUID:
    """Of the row that says who reported it: follows from the case, so a retry names the same one."""
    return uuid5(case, "reporter")


def opened_by_link(case: UUID) -> frozenset[UUID]:
    """What the link of a whole opens beside it: its parts, and that it is their reporter who reads."""
    found = parts_of(case)
    return found | {reported_as(part) for part in found}


def parts_for(case: Case, by: Actor) -> frozenset[UUID]:
    """What else whoever reported it by a secret link may follow; empty for everybody else, who has it by account or post."""
    by_link = case.reporter_party is not None and case.reporter_party in by.follows
    return opened_by_link(case.id) if by_link and is_reporter(case, by) else frozenset()

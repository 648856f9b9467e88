"""Cases for pages: with permission, with the rows that every list shows, in a constant number of statements."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.compiled import Compiled, mark
from shanzhi.foundation.base.refusals import Invalid

from .clock_notes import with_clocks
from .fetching import as_seen_by, asked_by, unknown, with_standing, with_surroundings
from .hand_lists import by_own_clock, to_check, with_person, with_units
from .hushing import hush
from .models import Case
from .turn_texts import Heap
from .turns import for_the_desk
from .visible import StaysOut, in_place, not_near, own, sees, visible_cases

UNIT_HAS_IT = ("unit", "handler", "outside")
BOXES = ("desk", "unit", "mine", "check", "followed")


_any_case = Compiled(lambda id: with_clocks(with_standing(Case.objects.filter(pk=id))))


def _one_case() -> QuerySet[Case]:
    return as_seen_by(with_clocks(with_standing(Case.objects.all())))


def _page_case() -> QuerySet[Case]:
    found = as_seen_by(with_surroundings(with_clocks(with_standing(Case.objects.all()))))
    return found.annotate(stays_out=StaysOut(mark(1)))


def access_case(id: UUID | str, *, by: Actor, page: bool = False) -> Case:
    """By id or number. NotFound also if it exists but is not for this actor. One statement, and for some a second one.

    `page`: with what its page shows around it, so that nothing is asked for in vain.
    """
    if not isinstance(id, UUID):
        found = with_clocks(with_standing(visible_cases(by))).filter(number=id.strip().upper()).first()
    else:
        if by.person:
            found = asked_by("page", _page_case, id, by) if page else asked_by("one", _one_case, id, by)
        else:
            found = _any_case.first(id)
        if found is not None and not sees(found, by):
            found = None
    if found is None:
        raise unknown()
    return hush(found, by)


def inbox(by: Actor, box: str = "desk", heap: Heap | None = None) -> QuerySet[Case]:
    """What waits, the most pressing first. desk: for a decision of the actor in their places, also on more time; unit: with the actor's
    units; mine: taken by or given to the actor; check: to be checked; followed: the actor's own reports, newest first.
    `heap`: a part of what waits at the desk.
    """
    if box not in BOXES:
        raise Invalid({"box": [_("There is no such list.")]})
    if box == "followed":
        return with_standing(Case.objects.filter(own(by))).order_by("-opened_at", "-id")
    if by.person is None:
        return Case.objects.none()
    found = _open(by).filter(reduce(or_, _parts(by, box, heap)), heap.stages if heap else Q())
    return (
        by_own_clock(listed(found), by)
        if box == "mine"
        else listed(found).order_by(F("due_at").asc(nulls_last=True), "id")
    )


def waiting(by: Actor, box: str, heap: Heap | None = None) -> list[QuerySet[Case]]:
    """The cases of `inbox` in parts, the first of which is in the order of an index: for counting (kept.py)."""
    if by.person is None:
        return []
    first, *others = (_open(by).filter(part) for part in _parts(by, box, heap or Heap()))
    return [first.order_by(*(("unit_id",) if box == "unit" else ("waits_for", "stage")), "due_at"), *others]


def _open(by: Actor) -> QuerySet[Case]:
    open_ = Case.objects.filter(not_near(by), closed_at=None)
    return open_.exclude(subject_unit__isnull=False, subject_unit__in=list(by.units()))


def _parts(by: Actor, box: str, heap: Heap | None) -> list[Q]:
    """What makes a case wait there: by how the case stands, and by its few hands or requests, which their own indexes know."""
    posts = [post.id for post in by.posts]
    if box == "desk":
        return for_the_desk(by, heap)
    if box == "unit":
        return [Q(unit__in=list(by.units())) & Q(waits_for__in=UNIT_HAS_IT), with_units(by)]
    if box == "mine":
        taken = Q(taker=by.person) | Q(taker=None, post__in=posts)
        return [Q(waits_for__in=UNIT_HAS_IT) & taken, with_person(by)]
    return [Q(waits_for="checker") & (in_place(by) | Q(post__in=posts)), to_check() & in_place(by)]


def listed(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With what every row shows; without the pairs for searching, which are longer than all the rest."""
    return cases.select_related("place", "unit").defer("grams")


def counts(by: Actor) -> dict[str, int]:
    """box → how many wait there. One statement."""
    return counted({box: inbox(by, box) for box in BOXES})


def counted(lists: Mapping[str, QuerySet[Case]], most: int | None = None) -> dict[str, int]:
    """How long these lists are, or `most` if they are longer: then nothing is counted any further. One statement for all."""
    parts: list[str] = []
    values: list[Any] = []
    for cases in lists.values():
        try:
            sql, given = cases.order_by().values("pk")[:most].query.sql_with_params()
        except EmptyResultSet:  # of a query that the ORM knows to find nothing
            parts.append("SELECT 0")
            continue
        parts.append(f"SELECT count(*) FROM ({sql}) one")  # noqa: S608 - what the ORM made
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'({part})' for part in parts)}", values)
        return dict(zip(lists, cursor.fetchone(), strict=True))

"""The cases that a case hangs together with: joined ones both ways, parent and children."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from django.db.models import Q

from shanzhi.foundation.base.actor import Actor

from .fetching import with_standing
from .models import Case, Join
from .reading import listed
from .visible import visible_cases

Relation = Literal["parent", "child", "into", "joined"]
MOST = 200
ORDER = ("into", "parent", "child", "joined")


def related(case: Case, by: Actor) -> list[tuple[Relation, Case]]:
    """Only what the actor may see, at most 200; two statements. "into": the case that this one was joined to;
    "joined": those joined to this one.
    """
    links = set(Join.objects.filter(Q(case=case) | Q(into=case)).values_list("case_id", "into_id"))
    target = next((into for one, into in links if one == case.id), None)
    named = {id for pair in links for id in pair} - {case.id}
    wanted = Q(parent=case.id) | Q(pk__in=named | ({case.parent_id} if case.parent_id else set()))
    seen = listed(visible_cases(by).filter(wanted)).order_by("opened_at", "id")[:MOST]
    found = [(_relation(one, case, target), one) for one in seen]
    return sorted(found, key=lambda pair: ORDER.index(pair[0]))


def _relation(one: Case, case: Case, target: UUID | None) -> Relation:
    if one.id == case.parent_id:
        return "parent"
    if one.parent_id == case.id:
        return "child"
    return "into" if one.id == target else "joined"


def access_cases(ids: Iterable[UUID], *, by: Actor) -> list[Case]:
    """Those of the ids that the actor may see, as `access_case` gives them, in the order asked; one statement."""
    wanted = list(dict.fromkeys(ids))
    found = {case.id: case for case in with_standing(visible_cases(by)).filter(pk__in=wanted)}
    return [found[id] for id in wanted if id in found]

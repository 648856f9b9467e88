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
    """Only what the actor may see, at most 200; two statements, or none where it is known that there are none. "into": the case that this one was joined to;
    "joined": those joined to this one.
    """
    links = _links(case)
    if not links and not case.parent_id and not getattr(case, "divided", True):
        return []
    target = next((into for one, into in links if one == case.id), None)
    named = {id for pair in links for id in pair} - {case.id}
    wanted = Q(parent=case.id) | Q(pk__in=named | ({case.parent_id} if case.parent_id else set()))
    seen = listed(visible_cases(by).filter(wanted)).order_by("opened_at", "id")[:MOST]
    found = [(_relation(one, case, target), one) for one in seen]
    return sorted(found, key=lambda pair: ORDER.index(pair[0]))


def _links(case: Case) -> set[tuple[UUID, UUID]]:
    """(case, into). No statement for a case that was fetched for its page."""
    known: list[dict[str, str]] | None = getattr(case, "links", None)
    if known is None:
        return set(Join.objects.filter(Q(case=case) | Q(into=case)).values_list("case_id", "into_id"))
    return {(UUID(one["case"]), UUID(one["into"])) for one in known}


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

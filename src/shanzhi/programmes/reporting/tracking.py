"""How does it stand? For the reporter's own list, and for whoever has the secret link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor


@dataclass(frozen=True, slots=True)
class Tracked:
    """`by`: the visitor with what the link allows; keep `follows` in the session and use it for what follows."""

    case: Any
    by: Actor
    relation: str  # reporter | subscriber


def followed(token: str, *, by: Actor) -> Tracked:
    """Opens a secret link. Raises NotFound."""
    found = casework.case_by_follow(token)
    visitor = replace(by, follows=by.follows | found.follows)
    return Tracked(casework.access_case(found.case, by=visitor), visitor, found.relation)


def my_reports(by: Actor) -> QuerySet:
    """What the actor reported or follows, newest first, with place and unit."""
    return casework.inbox(by, "followed")

"""Who may register and appoint: the house, and posts whose role the playbook lets appoint, in the place they cover."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shanzhi.foundation.base.actor import Actor, HeldPost
from shanzhi.foundation.base.moment import today

from .models import Post
from .roles import roles_at


def appointing(by: Actor) -> list[HeldPost]:
    return [post for post in by.posts if (role := roles_at(post.place).get(post.role)) and role.appoints]


def may_register(by: Actor) -> bool:
    return by.system or bool(appointing(by))


def may_appoint(by: Actor, place_path: str) -> bool:
    return by.system or any(place_path.startswith(post.place_path) for post in appointing(by))


def covers_unit(by: Actor, unit: Any) -> bool:
    """A post in a unit sees what the unit has: so looking after it takes a post that covers the unit's whole place."""
    return may_appoint(by, unit.place.path)


def standing(person: UUID) -> list[Post]:
    """Posts that a person holds, or will hold."""
    found = Post.objects.select_related("unit__place", "place").filter(person_id=person)
    return list(found.exclude(until__lte=today()).order_by("since", "id"))


def administers(by: Actor, person: UUID) -> bool:
    """Only who looks after every post of a person may touch the account: else one could reach above oneself through it."""
    if by.system:
        return True
    if by.person == person:
        return False
    counted = standing(person) or list(Post.objects.select_related("unit__place").filter(person_id=person))
    return bool(counted) and all(covers_unit(by, post.unit) for post in counted)

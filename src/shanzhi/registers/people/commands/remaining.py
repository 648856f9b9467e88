"""Somebody must remain who may appoint; the house may do as it likes, it can also begin anew (first.py)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Conflict
from shanzhi.registers.people.models import Post
from shanzhi.registers.people.roles import roles_at
from shanzhi.registers.places import queries as places


def somebody_remains(ending: Sequence[Post], by: Actor) -> None:
    """Raises Conflict if after these posts nobody could appoint in the place of one of them."""
    if by.system:
        return
    appoints = [post for post in ending if (role := roles_at(post.place_id).get(post.role)) and role.appoints]
    for post in appoints:
        path = places.place(post.place_id).path
        if not any(path.startswith(other.place.path) for other in _others(post, ending)):
            raise Conflict(
                _("This is the last post here that may appoint. Give somebody else such a post first."),
                code="last-post",
            )


def _others(post: Post, ending: Sequence[Post]) -> list[Post]:
    day = today()
    able = [key for key, role in roles_at(post.place_id).items() if role.appoints]
    standing = Post.objects.select_related("place").filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
    open_ = standing.filter(role__in=able, unit__closed_on__isnull=True)
    return list(open_.exclude(id__in=[each.id for each in ending]))

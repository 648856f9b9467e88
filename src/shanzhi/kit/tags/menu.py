"""What stands in the menu for whom: a link that only leads to a refusal is no link."""

from __future__ import annotations

from django import template
from django.conf import settings

from shanzhi.foundation.base.actor import Actor
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

register = template.Library()


@register.simple_tag
def looks_after_people(actor: Actor | None) -> bool:
    return bool(actor and actor.posts and people.appointing(actor))


@register.simple_tag
def sets_synthetic_people(actor: Actor | None) -> bool:
    """In a demonstration, who holds a post for a whole city; `simulation` itself decides."""
    if not (settings.SHANZHI_DEMO and actor and actor.posts):
        return False
    cities = {one.id for one in places.cities()}
    return any(post.place in cities for post in actor.posts)

"""What stands in the menu for whom: a link that only leads to a refusal is no link."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from shanzhi.foundation.base.actor import Actor
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

from .stencils import stencil

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: Context | dict[str, Any]) -> SafeString:
    """Language, display, account."""
    actor, look, request = context.get("actor"), context.get("kit") or {}, context.get("request")
    shown = {
        "signed_in": bool(actor and actor.signed_in),
        "name": actor.name if actor else "",
        "synthetic": bool(actor and actor.synthetic),
        "posts": bool(actor and actor.posts),
        "looks_after": looks_after_people(actor),
        "sets": sets_synthetic_people(actor),
        "type": look.get("type", ""),
        "theme": look.get("theme", ""),
    }
    holes = {"csrf_token": context.get("csrf_token", ""), "here": request.get_full_path() if request else ""}
    return stencil("kit/parts/menu.html", tuple(shown.values()), shown, holes)


@register.simple_tag(takes_context=True)
def bell(context: Context | dict[str, Any]) -> SafeString:
    """Leads to the messages, with how many are new."""
    actor, unread = context.get("actor"), context.get("unread") or 0
    if not (actor and actor.signed_in):
        return mark_safe("")
    return stencil("kit/parts/bell.html", (), {}, {"unread": "99+" if unread > 99 else unread} if unread else {})


@register.simple_tag
def looks_after_people(actor: Actor | None) -> bool:
    return bool(actor and actor.posts and people.appointing(actor))


def sets_synthetic_people(actor: Actor | None) -> bool:
    """In a demonstration, who holds a post for a whole city; `simulation` itself decides."""
    if not (settings.SHANZHI_DEMO and actor and actor.posts):
        return False
    cities = {one.id for one in places.cities()}
    return any(post.place in cities for post in actor.posts)

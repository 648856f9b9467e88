"""What roles are called where: the words are the playbook's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.places import queries as places

from .unit_text import KIND, RoleText


def roles_at(place: UUID | Any, on: date | None = None) -> Mapping[str, RoleText]:
    """Role key → title, level, duty, as the playbook of this place has them; empty without a playbook."""
    version = playbook_of(places.chain(place), on)
    text = version.document(KIND) if version else None
    return text.roles if text else {}


def usual_roles(unit: Any) -> set[str]:
    """Roles that the text wants filled in such a unit."""
    version = playbook_of(places.chain(unit.place_id))
    text = version.document(KIND) if version else None
    return {post.role for post in text.posts if post.unit == unit.key or unit.kind in post.kinds} if text else set()


def named_in_text(unit: Any) -> bool:
    """Does the playbook of its place name this unit? Then name, kind and number follow the text at its next adoption."""
    version = playbook_of(places.chain(unit.place_id))
    text = version.document(KIND) if version else None
    return bool(text and text.unit(unit.key))


def role_title(role: str, place: UUID | Any) -> str:
    """What a post of this role in this place (or the place of this id) is called, in the reader's language."""
    here = places.place(place) if isinstance(place, UUID) else place
    return title_among(roles_at(here), role, here)


def title_among(roles: Mapping[str, RoleText], role: str, place: Any) -> str:
    """The same by a text of one's own. A role that the text does not have keeps its key as words."""
    found = roles.get(role)
    return pick(found.title_in(places.chinese_name(place))) if found else role.replace("-", " ")

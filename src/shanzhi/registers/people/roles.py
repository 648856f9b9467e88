"""What roles are called where: the words are the playbook's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.places import queries as places

from .unit_text import KIND, RoleText


def roles_at(place: UUID, on: date | None = None) -> Mapping[str, RoleText]:
    """Role key → title, level, duty, as the playbook of this place has them; empty without a playbook."""
    version = playbook_of(places.chain(place), on)
    text = version.document(KIND) if version else None
    return text.roles if text else {}


def role_title(role: str, place: UUID) -> str:
    """In the reader's language. A role that the playbook has since dropped keeps its key as words."""
    found = roles_at(place).get(role)
    return pick(found.title) if found else role.replace("-", " ")

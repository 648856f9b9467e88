"""Who may issue and retire codes: the house, and posts whose role the playbook entrusts with it, in the place they cover."""

from __future__ import annotations

from shanzhi.foundation.base.actor import Actor
from shanzhi.registers.people.queries import roles_at


def may_issue(by: Actor, place_path: str) -> bool:
    """No statement for posts that do not cover the place."""
    return by.system or any(
        place_path.startswith(post.place_path) and (role := roles_at(post.place).get(post.role)) and role.codes
        for post in by.posts
    )

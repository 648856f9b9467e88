"""Who may register and appoint: the house, and posts whose role the playbook lets appoint, in the place they cover."""

from __future__ import annotations

from shanzhi.foundation.base.actor import Actor, HeldPost

from .roles import roles_at


def appointing(by: Actor) -> list[HeldPost]:
    return [post for post in by.posts if (role := roles_at(post.place).get(post.role)) and role.appoints]


def may_register(by: Actor) -> bool:
    return by.system or bool(appointing(by))


def may_appoint(by: Actor, place_path: str) -> bool:
    return by.system or any(place_path.startswith(post.place_path) for post in appointing(by))

"""Reads of who acts: one statement for person, posts, units and places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from shanzhi.foundation.base.actor import NOBODY, Actor, HeldPost
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.statements import ask

HOLDER = """SELECT account, person, name, synthetic, post, role, unit, place, path
FROM people_holder(%s::uuid, %s::uuid, %s::date)"""


def actor_from(*, account: UUID | None = None, person: UUID | None = None, acting: UUID | None = None) -> Actor:
    """NOBODY if there is no such person, the account is closed, or the person was erased. Ended posts do not count."""
    return actor_in(ask(HOLDER, [account, person, today()]), acting)


def actor_in(rows: Sequence[tuple[Any, ...]], acting: UUID | None = None) -> Actor:
    """From rows of people_holder."""
    return _actor(rows, acting) if rows else NOBODY


def _actor(rows: Sequence[tuple[Any, ...]], acting: UUID | None) -> Actor:
    account, person, name, synthetic = rows[0][:4]
    posts = tuple(
        HeldPost(id=post, role=role, unit=unit, place=place, place_path=path)
        for *_, post, role, unit, place, path in rows
        if post
    )
    chosen = next((post for post in posts if post.id == acting), posts[0] if posts else None)
    return Actor(person=person, account=account, name=name, posts=posts, post=chosen, synthetic=synthetic)

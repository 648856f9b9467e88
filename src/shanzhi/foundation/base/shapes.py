"""What of an actor the text of a statement depends on, told from what are only values in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from .actor import Actor
from .compiled import Mark, mark


@dataclass(frozen=True, slots=True)
class Shape:
    """`by`: the actor with marks in place of ids, equal for all whose statements have the same text; `values`: mark → id.

    Places stay as they are: of a city and of a street the database plans differently.
    """

    by: Actor
    values: dict[Mark, UUID]


def shape_of(by: Actor) -> Shape:
    marks: dict[UUID, UUID] = {}

    def marked(id: UUID) -> UUID:
        return marks.setdefault(id, mark(len(marks)))

    held = {post.id: replace(post, id=marked(post.id), unit=marked(post.unit)) for post in by.posts}
    shape = Actor(
        person=marked(by.person) if by.person else None,
        posts=tuple(held.values()),
        system=by.system,
        follows=frozenset(marked(id) for id in sorted(by.follows)),
    )
    return Shape(shape, {one: id for id, one in marks.items()})

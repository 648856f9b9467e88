"""Who acts. Every command takes one as `by`; only registers.people (and tests) make them."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HeldPost:
    """One post that the actor holds now."""

    id: UUID
    role: str  # a role key of a playbook, e.g. "grid-worker", "dispatcher", "handler"
    unit: UUID
    place: UUID
    place_path: str  # the path of the place that the post covers; a prefix covers all below it


@dataclass(frozen=True, slots=True)
class Actor:
    person: UUID | None = None
    account: UUID | None = None
    name: str = ""
    posts: tuple[HeldPost, ...] = ()
    post: HeldPost | None = None  # the post acted in, where it matters
    system: bool = False  # the house itself: a clock, a subscriber, an import
    synthetic: bool = False  # made by the simulation
    live: bool = False  # somebody is signed in and acts; the simulation and the house never are
    visitor: str = ""  # a hash that tells one anonymous visitor from another (never an identity)
    follows: frozenset[UUID] = field(default_factory=frozenset)  # cases opened by secret link in this session

    @property
    def signed_in(self) -> bool:
        return self.person is not None

    @property
    def key(self) -> str:
        """What row-level security compares: the person, or `system`, or nothing."""
        if self.system:
            return "system"
        return str(self.person) if self.person else ""

    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    def units(self) -> frozenset[UUID]:
        return frozenset(post.unit for post in self.posts)

    def posts_as(self, *roles: str) -> tuple[HeldPost, ...]:
        return tuple(post for post in self.posts if post.role in roles)

    def covers(self, path: str, *roles: str) -> bool:
        """Does a post of one of these roles cover the place with this path?"""
        return any(path.startswith(post.place_path) for post in self.posts_as(*roles))


SYSTEM = Actor(name="system", system=True)
NOBODY = Actor()

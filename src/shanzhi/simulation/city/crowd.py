"""The synthetic people who act, and who among them stands how to a matter. Real post holders are never among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shanzhi.foundation.base.actor import Actor
from shanzhi.registers.people import queries as people


@dataclass(slots=True, eq=False)
class Agent:
    """`key` is the same in every city made from the same text; ids are not. `busy_until`: the work already begun."""

    key: str
    person: UUID | None
    role: str = ""
    path: str = ""
    played: bool = False  # visitors of a demonstration may sign in as this one
    busy_until: datetime | None = None
    visitor: Actor | None = None  # who reports without an account

    def __repr__(self) -> str:
        return self.key


class Crowd:
    """Everyone who may have to act, fetched when first needed and kept."""

    def __init__(self) -> None:
        self._agents: dict[UUID, Agent] = {}  # by post
        self._persons: dict[UUID, Agent] = {}
        self._holders: dict[tuple[str, str], list[Agent]] = {}
        self._posts: dict[str, dict[str, list[Any]]] = {}  # role → path → posts
        self._members: dict[UUID, list[Agent]] = {}
        self._units: dict[UUID, list[Any]] = {}  # their posts
        self._serving: dict[str, list[Any]] = {}
        self._actors: dict[UUID, Actor] = {}
        self._played = {one.post.id for one in people.demo_people() if one.post}

    def forget(self) -> None:
        """Appointments change while a simulation lives on."""
        for held in (self._holders, self._posts, self._members, self._actors, self._units, self._serving):
            held.clear()

    def holders(self, role: str, path: str) -> list[Agent]:
        """Who holds the role over a place, the nearest first."""
        if (role, path) not in self._holders:
            held = self._held(role)
            steps = path.strip("/").split("/")
            above = ["/".join(steps[:n]) + "/" for n in range(len(steps), 0, -1)]
            self._holders[role, path] = self._known(post for place in above for post in held.get(place, ()))
        return self._holders[role, path]

    def _held(self, role: str) -> dict[str, list[Any]]:
        """One statement a role instead of one for each grid."""
        if role not in self._posts:
            found = self._posts[role] = {}
            for post in people.holders_of([role]):
                found.setdefault(post.place.path.lstrip("/"), []).append(post)
        return self._posts[role]

    def members(self, unit: UUID) -> list[Agent]:
        if unit not in self._members:
            self._members[unit] = self._known(self.posts_in(unit))
        return self._members[unit]

    def posts_in(self, unit: UUID) -> list[Any]:
        if unit not in self._units:
            self._units[unit] = people.posts_in(unit)
        return self._units[unit]

    def near(self, path: str) -> list[UUID]:
        """The community's own units that serve the place."""
        if path not in self._serving:
            self._serving[path] = [one.id for one in people.units_serving(path) if one.level == "community"]
        return self._serving[path]

    def holder(self, post: UUID) -> Agent | None:
        if post not in self._agents:
            self.members(people.post(post).unit_id)
        return self._agents.get(post)

    def person(self, id: UUID) -> Agent | None:
        """Whoever this is, if synthetic."""
        if id not in self._persons:
            for post in people.posts_of(id):
                self.members(post.unit_id)
        if id not in self._persons:
            actor = people.actor_of(id)
            if not actor.synthetic:
                return None
            self._actors[id] = actor
            self._persons[id] = Agent(f"person {id}", id)
        return self._persons[id]

    def add(self, agent: Agent) -> Agent:
        if agent.person is not None:
            self._persons[agent.person] = agent
        return agent

    def actor(self, agent: Agent) -> Actor:
        if agent.visitor is not None:
            return agent.visitor
        if agent.person is None:
            raise ValueError(f"{agent} is nobody")
        if agent.person not in self._actors:
            self._actors[agent.person] = people.actor_of(agent.person)
        return self._actors[agent.person]

    def _known(self, posts: Iterable[Any]) -> list[Agent]:
        found, numbers = [], Counter[str]()
        for post in posts:
            name = f"{post.unit.key} {post.role} {post.place.code}"
            numbers[name] += 1
            if not post.synthetic:
                continue
            if post.id not in self._agents:
                agent = Agent(
                    f"{name} {numbers[name]}", post.person_id, post.role, post.place.path, post.id in self._played
                )
                self._agents[post.id] = agent
                self._persons.setdefault(post.person_id, agent)
            found.append(self._agents[post.id])
        return found

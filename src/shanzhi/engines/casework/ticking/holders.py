"""Who is told at each level, for many cases at once: one statement for all posts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from shanzhi.engines.casework.documents import ClockText
from shanzhi.engines.casework.hands import clock_text, owner_of
from shanzhi.engines.casework.models import Case, Clock
from shanzhi.engines.casework.routing import fallback_path
from shanzhi.engines.casework.staying_out import kept_out
from shanzhi.engines.casework.text_of import procedure_of, responsibility_of
from shanzhi.registers.people import queries as people

from .speaking import FALLBACK

MOST = 10


def text_of(clock: Clock) -> ClockText | None:
    """None where the procedure has no such state any more."""
    return clock_text(procedure_of(clock.case), clock)


class Holders:
    def __init__(self, clocks: Collection[Clock]) -> None:
        self.fallbacks: dict[UUID, str | None] = {}
        roles: set[str] = set()
        paths: set[str] = set()
        units: set[UUID] = set()
        for clock in clocks:
            text, list_ = text_of(clock), responsibility_of(clock.case.version_id)
            roles |= {to.partition(":")[2] for one in text.escalates for to in one.to} if text else set()
            roles |= {list_.fallback.role} if list_ else set()
            case = owner_of(clock)
            paths |= {case.place.path, self._fallback(case.version_id) or case.place.path}
            units |= {case.unit_id} if case.unit_id else set()
        self.posts = people.holders_near(roles, paths, units) if roles else []
        self.out = kept_out(clock.case_id for clock in clocks) if self.posts else {}
        self.near = lru_cache(maxsize=None)(self._near)

    def find(self, clock: Clock, text: ClockText, level: int) -> tuple[Any, ...]:
        case = owner_of(clock)
        if level == FALLBACK:
            list_ = responsibility_of(case.version_id)
            found = self.near(list_.fallback.role, self._fallback(case.version_id) or case.place.path) if list_ else ()
        else:
            found = tuple(post for to in text.escalates[level].to for post in self._named(case, to))
        return self._fit(case, found)

    def _named(self, case: Case, to: str) -> tuple[Any, ...]:
        relation, _, role = to.partition(":")
        if relation == "role":
            return self.near(role, case.place.path)
        return tuple(one for one in self.posts if one.role == role and one.unit_id == case.unit_id)

    def _near(self, role: str, path: str) -> tuple[Any, ...]:
        """The posts of the nearest place that has one."""
        held = [one for one in self.posts if one.role == role and path.startswith(one.place.path)]
        most = max((len(one.place.path) for one in held), default=0)
        return tuple(one for one in held if len(one.place.path) == most)

    def _fallback(self, version: UUID) -> str | None:
        if version not in self.fallbacks:
            list_ = responsibility_of(version)
            self.fallbacks[version] = fallback_path(list_) if list_ else None
        return self.fallbacks[version]

    def _fit(self, case: Case, posts: Iterable[Any]) -> tuple[Any, ...]:
        """The unit complained about hears nothing of the case, not even that it is late; nor whoever has to stay out of it."""
        about = case.subject_unit_id
        fit = (one for one in posts if about is None or one.unit_id != about)
        return tuple(one for one in fit if one.person_id not in self.out.get(case.id, ()))[:MOST]

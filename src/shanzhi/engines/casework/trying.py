"""A draft line of the responsibility list, tried on cases that were: where would they have gone?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from pydantic import ValidationError

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Conflict, Invalid
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.language.unreadable import why_not
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

from .documents import Line, Responsibility
from .documents.responsibility_faults import responsibility_faults
from .models import Case, CaseFile
from .routing import fallback_path, ranked
from .text_of import catalogue_of, text_at
from .visible import duty_cases


@dataclass(frozen=True, slots=True)
class Target:
    """`unit` or the post of a named person (with its unit), or neither: nobody. `line`: number in the list, None: fallback."""

    unit: Any
    post: Any
    name: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Change:
    case: Case
    before: Target
    after: Target


@dataclass(frozen=True, slots=True)
class Refused:
    case: Case
    why: str


@dataclass(frozen=True, slots=True)
class Trial:
    """`matched` = changes + unchanged + refused. `more`: only the newest were looked at.

    `replaces`: number of the line in the list that says when in the same words: the draft was tried in its place.
    `owner_assumed`: cases do not record who owns a thing, so all that could be the owner's are counted.
    """

    looked_at: int
    matched: int
    would_change: tuple[Change, ...]
    unchanged: int
    refused: tuple[Refused, ...]
    more: bool
    owner_assumed: bool
    replaces: int | None = None


def try_line(
    line: Line | Mapping[str, Any], *, by: Actor, place: UUID, since: datetime, until: datetime, limit: int = 2000
) -> Trial:
    """Against the list in force at the place today, with the draft at its end. Nothing is stored; at most six statements.

    Raises Invalid if the line cannot be read, by its keys where the reason is one of them, else {"line"}; Conflict if there is no list to add it to.
    """
    where = places.place(place)
    version = text_at(where)
    text: Responsibility | None = version.document("responsibility")
    if text is None:
        raise Conflict(_("There is no responsibility list here to which a line could be added."), code="no-list")
    draft = _parsed(line)
    replaces = next((n for n, one in enumerate(text.lines, 1) if _scope(one) == _scope(draft)), None)
    number = replaces or len(text.lines) + 1
    whole = text.model_copy(update={"lines": (*text.lines[: number - 1], draft, *text.lines[number:])})
    _check(whole, number, version)
    cases = list(_cases(by, version, where.path, since, until)[: limit + 1])
    trial = _Matcher(text, whole, number)
    found = [trial.look(case) for case in cases[:limit]]
    changes = tuple(one for one in found if isinstance(one, Change))
    refused = tuple(one for one in found if isinstance(one, Refused))
    matched = sum(one is not None for one in found)
    return Trial(
        len(found), matched, changes, matched - len(changes) - len(refused), refused, len(cases) > limit,
        bool(draft.owner), replaces,
    )  # fmt: skip


def _scope(line: Line) -> tuple[Any, ...]:
    return (line.category, line.class_, line.place, line.owner, line.when)


def _parsed(line: Line | Mapping[str, Any]) -> Line:
    try:
        return line if isinstance(line, Line) else Line.model_validate(dict(line))
    except ValidationError as error:
        raise Invalid(_by_key((found["loc"], why_not(found)) for found in error.errors())) from None


def _by_key(wrong: Iterable[tuple[Sequence[Any], str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path, text in wrong:
        found.setdefault(str(path[0]) if path else "line", []).append(text)
    return found


def _check(whole: Responsibility, number: int, version: Any) -> None:
    """What the playbook's check would say of this line."""
    units = version.document("units")
    found = responsibility_faults(
        whole, version.document("categories"), roles=set(units.roles) if units else None,
        units={one.key for one in units.units} if units else None,
    )  # fmt: skip
    here = [one for one in found if one.path[:2] == ("lines", number - 1)]
    if here:
        raise Invalid(_by_key((one.path[2:], f"{one.message} {one.advice}".strip()) for one in here))


def _cases(by: Actor, version: Any, path: str, since: datetime, until: datetime):
    photos = CaseFile.objects.filter(case=OuterRef("pk"), moment__in=["before", "spot"]).order_by().values("case")
    seen = duty_cases(by)
    # Nobody routes an inspection order by the list, and a county's thousand a day would crowd out what was reported.
    orders = [name for name, text in version.documents("procedures").items() if text.layout == "order"]
    return (
        (seen.exclude(procedure__in=orders) if orders else seen)
        .filter(place__path__startswith=path, opened_at__gte=since, opened_at__lt=until)
        .select_related("place")
        .annotate(earlier_photos=Coalesce(Subquery(photos.annotate(n=Count("pk")).values("n")), 0))
        .order_by("-opened_at", "-id")
    )


class _Matcher:
    """The list with and without the draft; units and posts are read once for all cases."""

    def __init__(self, text: Responsibility, whole: Responsibility, number: int) -> None:
        self.text, self.whole, self.number, self.draft = text, whole, number, whole.lines[number - 1]
        self.units: dict[str, list[Any]] = {}
        for unit in people.units():
            self.units.setdefault(unit.key, []).append(unit)
        self.gone: list[Any] | None = None
        lines = (*text.lines, *whole.lines)
        roles = {line.role for line in lines if line.role} | {text.fallback.role}
        self.posts, self.fallback = people.holders_of(roles), fallback_path(text)

    def look(self, case: Case) -> Change | Refused | str | None:
        """None: the draft is not about this case; a word: it is, and nothing changes."""
        catalogue, owner = catalogue_of(case.version_id), self.draft.owner or ""
        lines = list(ranked(self.whole, case, catalogue, owner))
        if self.number not in {number for number, _line in lines}:
            return None
        first = lines[0][0] == self.number
        if first and self._target(self.draft, case, self.number) is None:
            return Refused(case, self._why_not(case))
        after = self._first(lines, case)
        before = self._first(list(ranked(self.text, case, catalogue, owner)), case)
        if _identity(before) == _identity(after):
            return "unchanged"
        return Change(case, before, after)

    def _first(self, lines: list[tuple[int, Line]], case: Case) -> Target:
        for number, line in lines:
            found = self._target(line, case, number)
            if found is not None:
                return found
        post = self._holder(self.text.fallback.role, case, self.fallback or case.place.path)
        return _to_post(post, None) if post else Target(None, None, _("nobody"), None)

    def _target(self, line: Line, case: Case, number: int) -> Target | None:
        if line.unit:
            unit = self._unit(line.unit, case)
            fits = unit is not None and unit.id != case.subject_unit_id
            return Target(unit, None, pick(unit.name), number) if fits else None
        post = self._holder(line.role or "", case, case.place.path)
        return _to_post(post, number) if post else None

    def _unit(self, key: str, case: Case) -> Any:
        serving = [one for one in self.units.get(key, ()) if case.place.path.startswith(one.place.path)]
        found = max(serving, key=lambda one: len(one.place.path), default=None)
        return found or self._after(key, case)

    def _after(self, key: str, case: Case) -> Any:
        """As routing does it: whichever follows a dissolved one."""
        if self.gone is None:
            self.gone = people.gone_units()
        found = people.gone_unit(key, case.place.path, self.gone)
        unit = found.successor if found else None
        return unit if unit and case.place.path.startswith(unit.place.path) else None

    def _holder(self, role: str, case: Case, path: str) -> Any:
        held = [
            one
            for one in self.posts
            if one.role == role and path.startswith(one.place.path) and one.unit_id != case.subject_unit_id
        ]
        return max(held, key=lambda one: len(one.place.path), default=None)

    def _why_not(self, case: Case) -> str:
        if self.draft.unit and self._unit(self.draft.unit, case) is not None:
            return _("The report is about this unit, so it cannot be given to it.")
        if self.draft.unit:
            return _("No open unit of this kind serves the place.")
        return _("Nobody holds this post over the place.")


def _to_post(post: Any, number: int | None) -> Target:
    return Target(post.unit, post, pick(post.unit.name), number)


def _identity(target: Target) -> tuple[Any, Any]:
    return (target.unit.id if target.unit else None, target.post.id if target.post else None)

"""Who answers for a case: the most specific line of the responsibility list. No match goes to a named person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from shanzhi.foundation.base.refusals import NotFound, Refusal
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

from .conditions import holds
from .documents import Catalogue, Responsibility
from .documents.responsibility import Line
from .documents.schema import values
from .models import Case
from .text_of import catalogue_of, responsibility_of


@dataclass(frozen=True, slots=True)
class Route:
    """`unit` or `post` (a people.Post with unit and place) or neither; `line`: number in the list, None for the fallback.

    `why`: sentences for the desk. `fallback`: no line matched. `stale`: a line that fits better names a unit that is no more.
    """

    unit: Any
    post: Any
    line: int | None
    why: str
    fallback: bool = False
    stale: int | None = None


def route(case: Case, *, owner: str = "") -> Route:
    """The suggestion for the dispatcher; never decides by itself. A handful of statements."""
    text = responsibility_of(case.version_id)
    if text is None:
        return Route(None, None, None, _("This playbook has no responsibility list."), fallback=True)
    catalogue, stale, gone = catalogue_of(case.version_id), None, ""
    for number, line in ranked(text, case, catalogue, owner):
        found, name = _target(line, case, number, catalogue)
        if found is not None:
            return _marked(found, stale, gone)
        if name and stale is None:
            stale, gone = number, name
    return _marked(_fallback(text, case), stale, gone)


def _marked(found: Route, stale: int | None, gone: str) -> Route:
    if stale is None:
        return found
    said = _("Line %(n)d of the responsibility list named a unit that no longer exists (%(unit)s): it needs repair.")
    return replace(found, why=f"{found.why} {said % {'n': stale, 'unit': gone}}", stale=stale)


def ranked(
    text: Responsibility, case: Case, catalogue: Catalogue | None, owner: str = ""
) -> Iterator[tuple[int, Line]]:
    """Lines that match, the most specific first; of equals the earlier one. Numbers count from 1."""
    item = catalogue.item(case.category) if catalogue else None
    facts = values(
        category=case.category, class_key=item.class_ if item else "", urgency=case.urgency, source=case.source,
        level=case.place.level, about_unit=case.subject_unit_id is not None, photos=getattr(case, "earlier_photos", 0),
    )  # fmt: skip
    matching = [
        (_weight(line), -number, line)
        for number, line in enumerate(text.lines, 1)
        if _matches(line, case, facts, owner)
    ]
    for _weighed, number, line in sorted(matching, key=lambda found: found[:2], reverse=True):
        yield -number, line


def _weight(line: Line) -> tuple[int, int, int, int]:
    return (2 if line.category else 1 if line.class_ else 0, len(line.place or ""), bool(line.owner), bool(line.when))


def _matches(line: Line, case: Case, facts: Any, owner: str) -> bool:
    return (
        (line.category is None or line.category == facts.get("category"))
        and (line.class_ is None or line.class_ == facts.get("class_key"))
        and (line.place is None or line.place in case.place.codes)
        and (line.owner is None or line.owner == owner)
        and (line.when is None or holds(line.when, facts))
    )


def _target(line: Line, case: Case, number: int, catalogue: Catalogue | None) -> tuple[Route | None, str]:
    """Second value: the name of a unit that the line still names and that nobody was named to follow."""
    why = pick(line.why) or _("Line %(n)d of the responsibility list: %(what)s.") % {
        "n": number,
        "what": describe(line, catalogue),
    }
    try:
        if line.unit:
            unit = people.unit(line.unit, near=case.place.path)
            return (None if unit.id == case.subject_unit_id else Route(unit, None, number, why)), ""
    except Refusal:
        return _after(line.unit or "", case, number, why)
    post = _holder(line.role or "", case)
    return (Route(post.unit, post, number, why) if post else None), ""


def _after(key: str, case: Case, number: int, why: str) -> tuple[Route | None, str]:
    """The unit was closed since: whichever its closing named goes on for it, else the next line answers."""
    gone = people.gone_unit(key, case.place.path)
    if gone is None:
        return None, ""
    unit, name = gone.successor, pick(gone.unit.name)
    if unit is None or not case.place.path.startswith(unit.place.path):
        return None, name
    if unit.id == case.subject_unit_id:
        return None, ""
    said = _("%(old)s was dissolved, and %(new)s goes on for it.") % {"old": name, "new": pick(unit.name)}
    return Route(unit, None, number, f"{why} {said}", stale=number), ""


def _holder(role: str, case: Case, path: str | None = None) -> Any:
    held = people.holders(role, path or case.place.path)
    return next((post for post in held if post.unit_id != case.subject_unit_id), None)


def _fallback(text: Responsibility, case: Case) -> Route:
    post = _holder(text.fallback.role, case, fallback_path(text))
    why = _("No line of the responsibility list fits, so a named person decides.")
    return Route(post.unit if post else None, post, None, why, fallback=True)


def named_person(case: Case) -> Any:
    """The post of the responsibility list's fallback, or None."""
    text = responsibility_of(case.version_id)
    return _fallback(text, case).post if text else None


def fallback_path(text: Responsibility) -> str | None:
    """Path of the place whose post is the fallback; None: that of the case."""
    try:
        return places.by_code(text.fallback.place).path if text.fallback.place else None
    except NotFound:
        return None  # a place that was recoded must not leave the case with nobody


def describe(line: Line, catalogue: Catalogue | None = None) -> str:
    item = catalogue.item(line.category) if catalogue and line.category else None
    group = catalogue.class_of(line.class_) if catalogue and line.class_ else None
    about = [
        pick(item.title) if item else line.category,
        pick(group.title) if group else line.class_ and _("class %(key)s") % {"key": line.class_},
        _place(line.place),
        line.owner,
        line.when,
    ]
    return " · ".join(str(part) for part in about if part) or _("everything else")


def _place(code: str | None) -> str:
    try:
        return places.display_name(places.by_code(code)) if code else ""
    except NotFound:
        return code or ""

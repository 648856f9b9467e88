"""What can be chosen in an action's form: categories by class, units that serve the place, posts that could take it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

Pairs = list[Any]  # (value, name), or (heading, such pairs); of parts: such lists


def choices_for(
    form: Iterable[Any], case: Any, by: Actor, suggested: Any = None, *, hand: Any = None, on_it: Iterable[Any] = (),
) -> dict[str, Pairs]:  # fmt: skip
    """By field name. `suggested`: a casework Route, whose unit stands first; `hand`: the unit whose part it is about;
    `on_it`: units that have a part already.
    """
    found: dict[str, Pairs] = {}
    for item in form:
        if item.kind in ("choice", "reasons"):
            found[item.field] = [(one.key, pick(one.title)) for one in item.choices]
        elif item.kind == "category":
            found[item.field] = categories(case)
        elif item.kind == "unit":
            found[item.field] = units(case, suggested)
        elif item.kind == "units":
            found[item.field] = units(case, suggested, without=on_it)
        elif item.kind == "parts":
            found[item.field] = [categories(case), units(case)]
        elif item.kind == "post" and hand:
            found[item.field] = colleagues(hand, case, by)
        elif item.kind == "post":
            found[item.field] = posts(case, by)
        elif item.kind == "place":
            found[item.field] = [
                (str(one.id), places.marked(places.display_name(one), one)) for one in places.above(case.place)
            ]
    return found


def categories(case: Any) -> Pairs:
    return _categories(case.version_id, get_language())


@lru_cache(maxsize=64)
def _categories(version: UUID, _language: str | None) -> Pairs:
    """A version never changes. What reads these copies them."""
    catalogue = casework.catalogue_of(version)
    if catalogue is None:
        return []
    return [
        (pick(one.title), [(item.key, pick(item.title)) for item in catalogue.items if item.class_ == one.key])
        for one in catalogue.classes
    ]


def units(case: Any, suggested: Any = None, *, without: Iterable[Any] = ()) -> Pairs:
    """The suggestion, then what serves the case's place, by the place that each is for, nearest first; never the unit complained about."""
    never = {case.subject_unit_id, *without}
    serving = [unit for unit in people.units_serving(case.place.path) if unit.id not in never]
    first = getattr(suggested, "unit", None)
    groups: Pairs = [(_("Suggested"), [(str(first.id), pick(first.name))])] if first else []
    rest = [unit for unit in serving if first is None or unit.id != first.id]
    for _path, members in groupby(rest, key=lambda unit: unit.place.path):
        here = list(members)
        groups.append((places.display_name(here[0].place), [(str(unit.id), pick(unit.name)) for unit in here]))
    return groups


def posts(case: Any, by: Actor) -> Pairs:
    """Colleagues in the unit that has the case; else those of the community, and the actor's own units, who serve the place."""
    if case.unit_id in by.units():
        teams = [case.unit_id]
    else:
        near = [unit.id for unit in people.units_serving(case.place.path) if unit.level == "community"]
        teams = [*dict.fromkeys([*near, *by.units()])]
    held = [post for team in teams for post in people.posts_in(team)]
    fit = [post for post in held if case.place.path.startswith(post.place.path)]
    fit.sort(key=lambda post: (-len(post.place.path), post.role))
    return named(fit, case, by)


def colleagues(unit: Any, case: Any, by: Actor) -> Pairs:
    """Everybody of one unit."""
    return named(people.posts_in(unit), case, by)


def named(posts: Iterable[Any], case: Any, by: Actor) -> Pairs:
    """Nobody who has to stay out of the case: to choose them would be refused."""
    held = list(posts)
    out = casework.staying_out(case, {post.person_id for post in held})
    held = [post for post in held if post.person_id not in out]
    names = people.display_names([post.person_id for post in held], for_=by)
    return [(str(post.id), f"{names[post.person_id]} · {where(post)}") for post in held]


def where(post: Any) -> str:
    return f"{places.display_name(post.place)} · {people.role_title(post.role, post.place)}"

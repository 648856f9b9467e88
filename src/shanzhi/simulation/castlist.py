"""The synthetic people a visitor can sign in as: one of each post around one community, residents, a department.

So for the city's seat, and once more for each county that goes by a playbook of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import NotFound
from shanzhi.foundation.playbook import queries as playbooks
from shanzhi.registers.people import queries as people
from shanzhi.registers.people import services as staff
from shanzhi.registers.places import queries as places

from .names import person_name

# Role, whose posts count: the community's own, the nearest above it, or a department that gets many cases.
STAFF = (
    "grid-worker",
    "community-secretary",
    "street-officer",
    "county-organiser",
    "dispatcher",
    "checker",
    "city-coordinator",
)
DEPARTMENT = "city-urban-management"
IN_UNITS = ("unit-leader", "handler")
RESIDENTS = 3


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the demonstration happens: a community in the city's seat, its first two grids.

    `area`: whose seat; `slug`: its playbook, where that is not the city's. `others`: the stages of such counties.
    """

    city: Any
    community: Any
    grids: tuple[Any, ...]
    area: Any = None
    slug: str = ""
    others: tuple[Stage, ...] = ()


def stage(city: Any) -> Stage:
    """The urban community with most grids in the first county by code, which is the city's seat; the same each time."""
    others = tuple(_in(city, place, version.slug) for place, version in _own_ways(city))
    inside = {one.area.id for one in others}
    counties = places.children(city.id)
    return _in(city, next((one for one in counties if one.id not in inside), counties[0]), "", others)


def _own_ways(city: Any) -> list[tuple[Any, Any]]:
    """Counties, townships and the like with a playbook of their own, by path."""
    own = playbooks.adopting()
    found = [one for one in places.places(own).values() if one.path != city.path and one.path.startswith(city.path)]
    return [(one, own[one.id]) for one in sorted(found, key=lambda one: one.path)]


def _in(city: Any, area: Any, slug: str, others: tuple[Stage, ...] = ()) -> Stage:
    communities = list(places.subtree(area, level="community"))
    # The last three digits of a community's code are below 200 for residents' committees, from 200 on for villages.
    urban = [one for one in communities if one.code[-3:] < "200"] or communities
    grids = list(places.subtree(area, level="grid"))
    number = Counter(grid.parent_id for grid in grids)
    chosen = max(urban, key=lambda one: (number[one.id], one.code))
    return Stage(city, chosen, tuple(grid for grid in grids if grid.parent_id == chosen.id)[:2], area, slug, others)


def open_demo_accounts(city: Any) -> Stage:
    """Accounts for the people of the stages; nothing where there are some already."""
    here = stage(city)
    known = people.demo_people()
    # A second city's names begin with its code: user names are the installation's.
    prefix = "" if all(one.path.startswith(city.path) for one in known) else f"{city.code}-"
    if not any(one.path.startswith(city.path) and not _among(one.path, here.others) for one in known):
        staff.open_accounts(usernames={person: prefix + name for person, name in _staff_accounts(here)})
        _move_in(here, prefix, city.code)
    for other in here.others:
        if not any(one.path.startswith(other.area.path) for one in known):
            staff.open_accounts(usernames={person: prefix + name for person, name in _own_staff(other)})
            _move_in(other, f"{prefix}{other.slug}-", other.area.code)
    return here


def cast_of(city: Any) -> dict[str, Any]:
    """Whom one can sign in as in this city, by user name without the code of a second city."""
    found = (one for one in people.demo_people(per_role=9, residents=9) if one.path.startswith(city.path))
    return {one.username.removeprefix(f"{city.code}-"): one for one in found}


def _among(path: str, others: tuple[Stage, ...]) -> bool:
    return any(path.startswith(one.area.path) for one in others)


def _move_in(here: Stage, prefix: str, seed: str) -> None:
    dice = Random(f"{seed}-residents")  # noqa: S311 - names, not secrets
    for number in range(RESIDENTS):
        grid = here.grids[number % len(here.grids)]
        person = staff.create_person(
            name=person_name(dice), by=SYSTEM, synthetic=True, username=f"{prefix}resident{number + 1}"
        )
        staff.form_household(
            place=grid.id, door=f"{number + 3}栋{number + 2}01", members=[person.id], by=SYSTEM, synthetic=True
        )


def _staff_accounts(here: Stage) -> list[tuple[UUID, str]]:
    path = here.grids[0].path
    accounts = [(people.holders(role, path)[0].person_id, role) for role in STAFF if people.holders(role, path)]
    neighbour = people.holders("grid-worker", here.grids[-1].path)
    accounts += [(one.person_id, "grid-worker-2") for one in neighbour[:1]]
    for key, name in ((DEPARTMENT, "department"), ("city-transport", "department-2")):
        unit = people.unit(key, near=path)
        accounts += [(post.person_id, f"{name}-{post.role}") for post in people.posts_in(unit.id)]
    return _once(accounts)


def _own_staff(here: Stage) -> list[tuple[UUID, str]]:
    """One of each role that the county's own text knows, with posts in that county, and those of its busiest unit."""
    path = here.grids[0].path
    accounts = []
    for role in people.roles_at(here.community.id):
        held = [one for one in people.holders(role, path) if one.place.path.startswith(here.area.path)]
        if held and role not in IN_UNITS:
            accounts.append((held[0].person_id, f"{here.slug}-{role}"))
    unit = busiest_unit(here)
    if unit is not None:
        accounts += [(post.person_id, f"{here.slug}-department-{post.role}") for post in people.posts_in(unit.id)]
    return _once(accounts)


def busiest_unit(here: Stage) -> Any:
    """The department that the text's list of responsibility sends most matters to, or None."""
    version = playbooks.playbook_of(places.chain(here.community))
    text, catalogue = (version.document(kind) if version else None for kind in ("responsibility", "categories"))
    items = Counter(one.class_ for one in catalogue.items) if catalogue else Counter[str]()
    named = Counter[str]()
    for line in text.lines if text else ():
        if line.unit:
            named[line.unit] += items[line.class_] if line.class_ else 1
    return next(_standing([key for key, _times in named.most_common()], here), None)


def _standing(keys: list[str], here: Stage) -> Iterator[Any]:
    for key in keys:
        try:
            unit = people.unit(key, near=here.grids[0].path)
        except NotFound:
            continue
        if unit.place.path.startswith(here.area.path) and unit.level == here.area.level:
            yield unit


def _once(accounts: list[tuple[UUID, str]]) -> list[tuple[UUID, str]]:
    seen: dict[UUID, str] = {}
    for person, name in accounts:
        seen.setdefault(person, name)
    return list(seen.items())

"""The synthetic people a visitor can sign in as: one of each post around one community, two residents, one outsider."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from shanzhi.foundation.base.actor import SYSTEM
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
RESIDENTS = 3


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the demonstration happens: a community in the city's seat, its first two grids."""

    city: Any
    community: Any
    grids: tuple[Any, ...]


def stage(city: Any) -> Stage:
    """The urban community with most grids in the first county by code, which is the city's seat; the same each time."""
    seat = places.children(city.id)[0]
    communities = list(places.subtree(seat, level="community"))
    # The last three digits of a community's code are below 200 for residents' committees, from 200 on for villages.
    urban = [one for one in communities if one.code[-3:] < "200"] or communities
    grids = list(places.subtree(seat, level="grid"))
    number = Counter(grid.parent_id for grid in grids)
    chosen = max(urban, key=lambda one: (number[one.id], one.code))
    return Stage(city, chosen, tuple(grid for grid in grids if grid.parent_id == chosen.id)[:2])


def open_demo_accounts(city: Any) -> Stage:
    """Accounts for the people of the stage; nothing if they have them already."""
    here = stage(city)
    if people.demo_people():
        return here
    staff.open_accounts(usernames=dict(_staff_accounts(here)))
    dice = Random(f"{city.code}-residents")  # noqa: S311 - names, not secrets
    for number in range(RESIDENTS):
        grid = here.grids[number % len(here.grids)]
        person = staff.create_person(
            name=person_name(dice), by=SYSTEM, synthetic=True, username=f"resident{number + 1}"
        )
        staff.form_household(
            place=grid.id, door=f"{number + 3}栋{number + 2}01", members=[person.id], by=SYSTEM, synthetic=True
        )
    return here


def _staff_accounts(here: Stage) -> list[tuple[UUID, str]]:
    path = here.grids[0].path
    accounts = [(people.holders(role, path)[0].person_id, role) for role in STAFF if people.holders(role, path)]
    neighbour = people.holders("grid-worker", here.grids[-1].path)
    accounts += [(one.person_id, "grid-worker-2") for one in neighbour[:1]]
    for key, name in ((DEPARTMENT, "department"), ("city-transport", "department-2")):
        unit = people.unit(key, near=path)
        accounts += [(post.person_id, f"{name}-{post.role}") for post in people.posts_in(unit.id)]
    seen: dict[UUID, str] = {}
    for person, name in accounts:
        seen.setdefault(person, name)
    return list(seen.items())

"""What can be chosen in the forms: units, roles and places within what the actor looks after."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

from .shown import KINDS, LEVELS, kind

Pairs = list[tuple[Any, Any]]
DEEP = {"city": 2, "county": 2, "street": 2, "community": 2}


def units(by: Actor, *, without: Any = None, covering: str = "") -> Pairs:
    """Open units by level; with `covering`, those whose place covers that path, also above what the actor looks after."""
    found = people.units_serving(covering) if covering else list(people.units_for(by))
    shown = [unit for unit in found if unit.closed_on is None and unit.id != without]
    order = list(LEVELS)
    shown.sort(key=lambda unit: (order.index(unit.level), unit.place.path, unit.key))
    return [
        (LEVELS[level](), [(str(unit.id), pick(unit.name)) for unit in group])
        for level, group in groupby(shown, key=lambda unit: unit.level)
    ]


def kinds(by: Actor) -> Pairs:
    used = people.units_for(by).order_by("kind").values_list("kind", flat=True).distinct()
    return [(key, kind(key)) for key in dict.fromkeys([*KINDS, *used])]


def seats(by: Actor) -> Pairs:
    """Places that can have a unit: what the actor's posts cover, down to the community."""
    tops = [places.place(post.place) for post in people.appointing(by)]
    found = {one.id: one for top in tops for level in LEVELS for one in places.subtree(top, level=level)}
    rows = sorted(found.values(), key=lambda one: one.path)
    return [(str(one.id), places.marked_name(one, 3)) for one in rows]


def covered(unit: Any) -> Pairs:
    """The unit's own place and two levels below: one step for a department, the grids for a committee."""
    top = unit.place
    rows = [top]
    level = [top]
    for _step in range(DEEP[unit.level]):
        level = [child for one in level for child in places.children(one.id)]
        rows += level
    return [(str(one.id), places.marked_name(one, 2)) for one in rows]


def roles(unit: Any) -> Pairs:
    """What the text fills in such a unit stands first."""
    known = people.roles_at(unit.place_id)
    usual = people.usual_roles(unit)
    names = {key: people.title_among(known, key, unit.place) for key in known}
    first = [(key, names[key]) for key in names if key in usual]
    rest = [(key, names[key]) for key in names if key not in usual]
    return [(_("Usual in this unit"), first), (_("Others"), rest)] if first and rest else first + rest

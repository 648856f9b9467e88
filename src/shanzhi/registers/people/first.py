"""The first person of a new installation who may appoint: everyone else is appointed by a person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import Conflict
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.places import queries as places

from .commands.units import establish_units
from .models import Unit
from .unit_text import KIND, UnitsText


def seat_of_first(place: Any) -> tuple[str, Unit]:
    """(role, unit) for who administers this place: the text's first role that appoints, of the place's level if there is one.

    Opens the text's units if there are none yet. Raises Conflict without a playbook, or with one in which nobody appoints.
    """
    version = playbook_of(places.chain(place))
    text: UnitsText | None = version.document(KIND) if version else None
    if version is None or text is None:
        raise Conflict(_("No playbook is adopted here. Adopt one first: shanzhi playbook apply <name> --place <code>."))
    able = [key for key, role in text.roles.items() if role.appoints]
    role = next((key for key in able if text.roles[key].level == place.level), next(iter(able), None))
    if role is None:
        raise Conflict(_("In this playbook no role appoints. Write `appoints: true` at one in units.yaml."))
    units = [unit for unit in establish_units(version, place.id, SYSTEM) if place.path.startswith(unit.place.path)]
    wanted = {key for post in text.posts if post.role == role for key in (post.unit, *post.kinds) if key}
    fit = [unit for unit in units if unit.closed_on is None]
    found = next((unit for unit in fit if unit.key in wanted or unit.kind in wanted), next(iter(fit), None))
    if found is None:
        raise Conflict(_("The playbook names no unit for this place."))
    return role, found

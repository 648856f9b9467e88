"""Opening a unit that no playbook text names, and changing what one is called."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid
from shanzhi.foundation.journal.services import append, command
from shanzhi.registers.people.facts import UnitChanged, UnitOpened
from shanzhi.registers.people.models import Unit
from shanzhi.registers.people.models.units import LEVELS
from shanzhi.registers.people.permissions import may_appoint
from shanzhi.registers.places import queries as places

from .closing import locked

KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = {"name": 80, "phone": 40, "key": 60}


def open_unit(
    *, name: Mapping[str, str], place: UUID, kind: str, by: Actor, key: str = "", parent: UUID | None = None, phone: str = ""
) -> Unit:  # fmt: skip
    """A unit for a place; its level is the place's (city, county, street or community). `name`: zh-hans, and en if there is one.

    Without a key it gets one of its own. Raises Denied; Invalid for a missing name, a key that is none or taken there, a place
    of another level, a parent that does not cover the place.
    """
    where = places.place(place)
    if not may_appoint(by, where.path):
        raise Denied(_("You may open units only in the place that your own post covers."))
    if where.level not in LEVELS:
        raise Invalid({"place": [_("A unit belongs to a city, a county, a township or street, or a community.")]})
    key = key.strip() or f"unit-{secrets.token_hex(4)}"
    _check_key(key, place)
    with command("people.open_unit", by=by):
        row = Unit(
            key=key, name=named(name), level=where.level, place_id=place, kind=_kind(kind), phone=_line(phone),
            parent_id=_parent(parent, where.path), synthetic=where.synthetic,
        )  # fmt: skip
        row.save(force_insert=True)
        append(UnitOpened(unit=row.id, key=row.key, level=row.level), about=row.id, by=by, place=place)
    return row


def change_unit(
    *, unit: UUID, by: Actor, name: Mapping[str, str], kind: str, phone: str = "", parent: UUID | None = None
) -> Unit:
    """Name, kind, public number and what it belongs to. Its key and place stay: lists and cases refer to them."""
    with command("people.change_unit", by=by):
        row = locked(unit)
        if not may_appoint(by, row.place.path):
            raise Denied(_("You may change units only in the place that your own post covers."))
        if row.closed_on is not None:
            raise Conflict(_("This unit closes or has closed; it is not changed any more."), code="unit-closed")
        values = {
            "name": named(name), "kind": _kind(kind), "phone": _line(phone), "parent_id": _parent(parent, row.place.path, row),
        }  # fmt: skip
        changed = [field for field, value in values.items() if getattr(row, field) != value]
        if changed:
            for field in changed:
                setattr(row, field, values[field])
            row.save(update_fields=[field.removesuffix("_id") for field in changed])
            append(UnitChanged(unit=row.id, key=row.key), about=row.id, by=by, place=row.place_id)
    return row


def named(name: Mapping[str, str]) -> dict[str, str]:
    """Both languages; without an English name the Chinese one stands in both."""
    chinese = " ".join(name.get("zh-hans", "").split())
    english = " ".join(name.get("en", "").split()) or chinese
    if not chinese:
        raise Invalid({"name": [_("Write the unit's name.")]})
    if max(len(chinese), len(english)) > LONGEST["name"]:
        raise Invalid({"name": [_("A unit's name has at most 80 characters.")]})
    return {"zh-hans": chinese, "en": english}


def _check_key(key: str, place: UUID) -> None:
    if not KEY.fullmatch(key) or len(key) > LONGEST["key"]:
        raise Invalid({"key": [_("A key has small letters, digits and hyphens, for example city-housing.")]})
    if Unit.objects.filter(key=key, place_id=place).exists():
        raise Invalid({"key": [_("There is, or was, a unit with this key here. Choose another key.")]})


def _kind(kind: str) -> str:
    if not KEY.fullmatch(kind) or len(kind) > 40:
        raise Invalid({"kind": [_("Choose what kind of unit it is.")]})
    return kind


def _line(phone: str) -> str:
    phone = phone.strip()
    if len(phone) > LONGEST["phone"] or not re.fullmatch(r"[0-9+()（）\-－ 转,，/]*", phone):
        raise Invalid({"phone": [_("Write a telephone number in digits, for example 0877-1234567.")]})
    return phone


def _parent(parent: UUID | None, path: str, row: Unit | None = None) -> UUID | None:
    if parent is None:
        return None
    above = Unit.objects.select_related("place").filter(id=parent, closed_on__isnull=True).first()
    if above is None or not path.startswith(above.place.path):
        raise Invalid({"parent": [_("Name an open unit whose place covers this one's.")]})
    at: Unit | None = above
    while at is not None and row is not None:
        if at.id == row.id:
            raise Invalid({"parent": [_("A unit cannot belong to itself or to one below it.")]})
        at = at.parent
    return above.id

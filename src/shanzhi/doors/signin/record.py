"""What the page about one's own data shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Denied
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries, services
from shanzhi.registers.places import queries as places


@dataclass(frozen=True, slots=True)
class Shown:
    id: UUID
    name: str
    phone: str
    homes: list[str]
    synthetic: bool


@dataclass(frozen=True, slots=True)
class HeldHere:
    id: UUID
    role: str
    unit: str
    place: str
    acting: bool


def own(actor: Actor) -> UUID:
    """The person behind the account. An account for a machine has none."""
    if actor.person is None:
        raise Denied(_("Sign in as a person to see your data."))
    return actor.person


def record_of(actor: Actor) -> Shown:
    found = services.access_person(own(actor), by=actor, why="own")
    named = _named(found.synthetic)
    homes = [f"{named(place)} · {door}" for place, door in found.homes]
    return Shown(found.id, found.name, found.phone if found.phone_proven else "", homes, found.synthetic)


def _named(synthetic: bool) -> Callable[[Any], str]:
    """The page of somebody made up says so once, not at each place too."""
    return places.full_name if synthetic else places.marked_name


def posts_of(actor: Actor) -> list[HeldHere]:
    units = {unit.id: unit for unit in queries.units(ids=actor.units())} if actor.posts else {}
    return [
        HeldHere(
            id=post.id, role=queries.role_title(post.role, post.place), unit=pick(units[post.unit].name),
            place=_named(actor.synthetic)(post.place), acting=actor.post is not None and post.id == actor.post.id,
        )
        for post in actor.posts
        if post.unit in units
    ]  # fmt: skip


def erasure_day(person: UUID) -> datetime | None:
    return services.erasure_of(person)


def what(fields: Iterable[str]) -> str:
    """The names of fields as words; a field that another app reads keeps its own name."""
    words = {
        "name": pgettext("of a person", "name"),
        "phone": pgettext("of a person", "mobile number"),
        "household": pgettext("of a person", "home"),
    }
    return _(", ").join(words.get(field, field) for field in fields)

"""Reads. Rows of other persons come only through `access_person`; names of post holders are public, of residents not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.compiled import Compiled
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import NotFound
from shanzhi.foundation.base.statements import ask
from shanzhi.foundation.base.texts import Text

from .commands.access import access_person
from .demo import demo_people, synthetic_account, way_of
from .models import Access, Account, Interest, Post, Unit
from .permissions import appointing, covers_unit, may_appoint
from .posts import actor_from
from .roles import named_in_text, role_title, roles_at, title_among, usual_roles
from .staff import (
    Officer,
    access_officer,
    access_unit,
    administers,
    names_of,
    person_by_phone,
    person_by_username,
    posts_for,
    units_for,
)
from .units_gone import Gone, gone_unit, gone_units
from .units_near import nearest_unit, serving, unit_after, units_serving
from .vacancies import Vacancy, vacancies
from .whys import why_text

__all__ = [
    "Officer", "access_officer", "access_person", "access_unit", "accesses_of", "account_of", "actor_for", "actor_of", "administers", "appointing", "covers_unit", "display_name", "display_names", "Gone", "gone_unit", "gone_units", "has_conflict", "holders", "holders_near", "holders_of",
    "interests_of", "may_appoint", "named_in_text", "names_of", "nearest_unit", "person_by_phone", "person_by_username", "post", "posts_in", "posts_for", "posts_of", "role_title", "roles_at", "title_among", "unit", "unit_after", "units", "units_for", "units_serving", "usual_roles",
    "Vacancy", "demo_people", "synthetic_account", "vacancies", "way_of", "why_text",
]  # fmt: skip


_post = Compiled(lambda id: Post.objects.select_related("unit", "place").filter(id=id))
_unit = Compiled(lambda id: Unit.objects.select_related("place").filter(id=id))


def actor_for(account: Any, *, acting: UUID | None = None) -> Actor:
    """Who is signed in. One statement. `acting` is the post chosen in this session; else the first held."""
    return marked_live(actor_from(account=account.pk, acting=acting))


def marked_live(actor: Actor) -> Actor:
    """Marked as somebody who is signed in: what they touch, no synthetic person takes out of their hands."""
    return replace(actor, live=True) if actor.signed_in else actor


def actor_of(person: UUID, *, acting: UUID | None = None) -> Actor:
    """The actor that this person would be; for subscribers, imports, the simulation and tests."""
    return actor_from(person=person, acting=acting)


def account_of(person: UUID) -> Account | None:
    return Account.objects.filter(person_id=person).first()


def valid_posts(on: date | None = None) -> QuerySet[Post]:
    day = on or today()
    return Post.objects.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day).select_related("unit", "place")


def posts_in(unit: UUID, *, role: str | None = None, on: date | None = None) -> list[Post]:
    """Posts held now (or on that day) in the unit, with unit and place."""
    posts = valid_posts(on).filter(unit_id=unit)
    return list((posts.filter(role=role) if role else posts).order_by("since", "id"))


def posts_of(person: UUID, *, on: date | None = None) -> list[Post]:
    return list(valid_posts(on).filter(person_id=person).order_by("since", "id"))


def post(id: UUID) -> Post:
    found = _post.first(id)
    if found is None:
        raise NotFound(_("There is no such post."))
    return found


def holders(role: str, place_path: str, *, on: date | None = None) -> list[Post]:
    """Posts of this role that cover the place with this path, nearest place first."""
    found = valid_posts(on).filter(role=role, **serving(place_path))
    return sorted(found, key=lambda held: (-len(held.place.path), held.since, held.id))


def holders_of(roles: Iterable[str], *, within: str = "", on: date | None = None) -> list[Post]:
    """Every post of these roles that is held in the subtree of a place, with unit and place: for those who ask about many places at once."""
    found = valid_posts(on).filter(role__in=list(roles), place__path__startswith=within)
    return list(found.order_by("since", "id"))


def holders_near(
    roles: Iterable[str], paths: Iterable[str], units: Iterable[UUID], *, on: date | None = None
) -> list[Post]:
    """Posts of these roles that cover one of the places with these paths, or are in one of the units."""
    above = {one for path in paths for one in serving(path)["place__path__in"]}
    near = Q(place__path__in=sorted(above)) | Q(unit__in=set(units))
    return list(valid_posts(on).filter(near, role__in=list(roles)).order_by("since", "id"))


def unit(key: UUID | str, *, near: str | None = None) -> Unit:
    """By id, or by key; where several places have a unit of this key, `near` (a place path) tells which."""
    found = _unit.first(key) if isinstance(key, UUID) else nearest_unit(key, near)
    if found is None:
        raise NotFound(_("There is no such unit."))
    return found


def units(*, place_path: str | None = None, level: str | None = None, ids: Iterable[UUID] | None = None) -> list[Unit]:
    """Open units in the subtree of a place (all if none is named), from the city down, by key."""
    found = Unit.objects.select_related("place").filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today()))
    if place_path is not None:
        found = found.filter(place__path__startswith=place_path)
    if level is not None:
        found = found.filter(level=level)
    if ids is not None:
        found = found.filter(id__in=list(ids))
    return sorted(found, key=lambda each: (len(each.place.path), each.place.path, each.key))


def names_of_units(ids: Iterable[UUID]) -> dict[UUID, Text]:
    """By id, dissolved ones too: for what happened long ago. One statement."""
    return dict(Unit.objects.filter(id__in=list(ids)).values_list("id", "name"))


def unit_names(level: str) -> list[tuple[UUID, Text]]:
    """Of the open units of one level, to choose from; as `units`, without the rest of them."""
    found = ask(
        """SELECT u.id, u.name FROM people_unit u JOIN places_place p ON p.id = u.place_id
        WHERE u.level = %s::varchar AND (u.closed_on IS NULL OR u.closed_on > %s::date)
        ORDER BY length(p.path), p.path, u.key""",
        [level, today()],
    )
    return [(id, json.loads(name)) for id, name in found]


def display_names(persons: Iterable[UUID], *, for_: Actor) -> dict[UUID, str]:
    """What this actor may call these persons: officers by name if signed in (else by surname), residents not by name."""
    ids = list({*persons})
    named = dict(ask("SELECT id, name FROM people_officers(%s::uuid[])", [ids]))
    open_ = for_.signed_in or for_.system
    names = {id: (name if open_ else name[:1] + "＊" * max(len(name) - 1, 1)) for id, name in named.items() if name}
    if for_.person in ids and for_.name:
        names[for_.person] = for_.name
    return {id: names.get(id) or _("a resident") for id in ids}


def display_name(person: UUID, *, for_: Actor) -> str:
    return display_names([person], for_=for_)[person]


def has_conflict(actor: Actor, *, subject_unit: UUID | None = None, persons: Sequence[UUID] = ()) -> bool:
    """Is the actor too near: one of the persons, of their household, in the unit itself, or by a declared interest?"""
    if actor.person is None or (subject_unit is None and not persons):
        return False
    asked = "SELECT people_conflict(%s::uuid, %s::uuid[], %s::uuid, %s::date)"
    return bool(ask(asked, [actor.person, list(persons), subject_unit, today()])[0][0])


def interests_of(by: Actor) -> list[Interest]:
    return list(Interest.objects.select_related("unit").filter(person=by.person, ended_at__isnull=True))


def accesses_of(person: UUID, *, limit: int = 100) -> list[Access]:
    """Who opened this person's record, newest first, with post and unit."""
    log = Access.objects.filter(about_id=person).select_related("post__unit", "post__place")
    return list(log.order_by("-at", "-id")[:limit])

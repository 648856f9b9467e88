"""Synthetic people that a demonstration lets anyone sign in as."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import today as moment_today
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.journal.services import as_actor
from shanzhi.foundation.playbook.queries import adopting, playbook_of
from shanzhi.registers.places import queries as places

from .models import Account, HouseholdMember, Person, Post
from .texts_below import under_any

MOST = 200  # residents with an account that are looked at: a demonstration has a handful


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """`path`: of the place they belong to. `own_way`: the county or township inside the city that goes by a playbook of its
    own, if they belong there; where several cities stand, else the city.
    """

    account: UUID
    username: str
    name: str
    post: Post | None  # with unit and place; None: a resident
    path: str
    own_way: Any = None


def demo_people(*, per_role: int = 1, residents: int = 2) -> list[DemoPerson]:
    """The first holders of each role (by when they were appointed) and the first residents; synthetic persons only.

    So for each city, and after it for each county in it with a playbook of its own.
    """
    today = moment_today()
    with as_actor(SYSTEM):
        ways = _ways()
        posts = list(
            Post.objects.raw(
                """SELECT id FROM (
                     SELECT o.*, row_number() OVER (PARTITION BY o.role, split_part(c.path, '/', 2), split_part(c.path, '/', 3) ORDER BY o.id) AS n
                     FROM people_post o JOIN places_place c ON c.id = o.place_id
                     JOIN people_person p ON p.id = o.person_id AND p.synthetic AND p.erased_at IS NULL
                     JOIN people_account a ON a.person_id = p.id AND a.is_active
                     WHERE o.since <= %s AND (o.until IS NULL OR o.until > %s)
                   ) ranked WHERE n <= %s""",
                [today, today, per_role],
            )
        )
        found = list(
            Post.objects.filter(id__in=[post.id for post in posts]).select_related("unit", "place", "person__account")
        )
        people = [
            DemoPerson(
                post.person.account.id, post.person.account.username, post.person.name, post, post.place.path,
                ways.get(under_any(post.place.path, ways)),
            )
            for post in sorted(found, key=lambda post: (len(post.place.path), post.role), reverse=True)
        ]  # fmt: skip
        people += _residents(ways, residents)
    return sorted(people, key=lambda one: one.own_way.path if one.own_way else "")


def way_of(place: Any) -> str:
    """A place that goes its own way, and what that way is called, in the reader's language."""
    version = playbook_of(places.chain(place))
    sheet = version.sheet if version else None
    name, title = places.display_name(place), pick(sheet.title) if sheet else ""
    # A way is often called after its place: once is enough.
    return title if title.startswith(name) else f"{name} · {title}" if title else name


def _ways() -> dict[str, Any]:
    own = [one for one in places.places(adopting()).values() if one.level != "province"]
    several = sum(one.level == "city" for one in own) > 1
    return {one.path: one for one in own if several or one.level != "city"}


def _residents(ways: dict[str, Any], most: int) -> list[DemoPerson]:
    some = list(
        Person.objects.filter(synthetic=True, erased_at__isnull=True, posts__isnull=True, account__is_active=True)
        .exclude(name="")
        .select_related("account")
        .order_by("id")[:MOST]
    )
    at_home = HouseholdMember.objects.filter(person__in=some, until=None)
    homes = dict(at_home.values_list("person_id", "household__place__path"))
    listed, found = Counter[str](), []
    for person in some:
        path = homes.get(person.id, "")
        way = under_any(path, ways)
        listed[way] += 1
        if listed[way] <= most:
            account = person.account
            found.append(DemoPerson(account.id, account.username, person.name, None, path, ways.get(way)))
    return found


def synthetic_account(id: UUID) -> Account | None:
    """The account, if its person is synthetic: never a real one."""
    with as_actor(SYSTEM):
        return Account.objects.filter(id=id, is_active=True, person__synthetic=True).first()

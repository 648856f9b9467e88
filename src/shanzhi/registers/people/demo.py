"""Synthetic people that a demonstration lets anyone sign in as."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import today as moment_today
from shanzhi.foundation.journal.services import as_actor

from .models import Account, Person, Post


@dataclass(frozen=True, slots=True)
class DemoPerson:
    account: UUID
    username: str
    name: str
    post: Post | None  # with unit and place; None: a resident


def demo_people(*, per_role: int = 1, residents: int = 2) -> list[DemoPerson]:
    """The first holders of each role (by when they were appointed) and the first residents; synthetic persons only."""
    today = moment_today()
    with as_actor(SYSTEM):
        posts = list(
            Post.objects.raw(
                """SELECT id FROM (
                     SELECT o.*, row_number() OVER (PARTITION BY o.role ORDER BY o.id) AS n FROM people_post o
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
            DemoPerson(post.person.account.id, post.person.account.username, post.person.name, post)
            for post in sorted(found, key=lambda post: (len(post.place.path), post.role), reverse=True)
        ]
        some = Person.objects.filter(
            synthetic=True, erased_at__isnull=True, posts__isnull=True, account__is_active=True
        ).exclude(name="")
        people += [
            DemoPerson(person.account.id, person.account.username, person.name, None)
            for person in some.select_related("account").order_by("id")[:residents]
        ]
    return people


def synthetic_account(id: UUID) -> Account | None:
    """The account, if its person is synthetic: never a real one."""
    with as_actor(SYSTEM):
        return Account.objects.filter(id=id, is_active=True, person__synthetic=True).first()

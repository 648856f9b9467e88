"""Filling many posts at once, as when a city's staff list is taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Denied
from shanzhi.foundation.journal.services import Entry, append_many, as_actor, command
from shanzhi.registers.people.facts import PersonRegistered, PostAppointed
from shanzhi.registers.people.models import Person, Post
from shanzhi.registers.people.vacancies import Vacancy

from .persons import open_account


def fill_vacancies(
    *, names: Sequence[tuple[Vacancy, str]], by: Actor, since: date | None = None, synthetic: bool = False
) -> list[Post]:
    """A new person, without an account, for each vacancy. Only the house may: appointing one by one checks who may where."""
    if not by.system:
        raise Denied(_("Only those who may appoint can register another person."))
    day = since or today()
    with command("people.fill_vacancies", by=by), as_actor(SYSTEM):
        persons = [Person(name=name, synthetic=synthetic) for _vacancy, name in names]
        posts = [
            Post(
                person=person, unit=vacancy.unit, role=vacancy.role, place_id=vacancy.place, since=day, synthetic=synthetic
            )
            for person, (vacancy, _name) in zip(persons, names, strict=True)
        ]  # fmt: skip
        Person.objects.bulk_create(persons, batch_size=1000)
        Post.objects.bulk_create(posts, batch_size=1000)
        registered = [Entry(PersonRegistered(person=one.id, synthetic=synthetic), one.id) for one in persons]
        appointed = [
            Entry(
                PostAppointed(
                    post=post.id, person=post.person_id, unit=post.unit_id, role=post.role, place=post.place_id
                ),
                post.id,
                post.place_id,
            )
            for post in posts
        ]
        append_many([*registered, *appointed], by=by)
    return posts


def open_accounts(*, usernames: Mapping[UUID, str], password: str | None = None) -> None:
    """Accounts for persons who have none: {person id: user name}. For staff lists and demonstrations."""
    with command("people.open_accounts", by=SYSTEM), as_actor(SYSTEM):
        for person, username in usernames.items():
            open_account(person, username=username, password=password)

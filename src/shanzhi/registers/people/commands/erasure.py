"""Leaving: one's data go, the facts about what happened stay without them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Conflict, Denied
from shanzhi.foundation.journal.services import append, as_actor, command
from shanzhi.registers.people.facts import PersonErased
from shanzhi.registers.people.models import Account, HouseholdMember, Interest, Person, Phone

THINKING_TIME = timedelta(days=7)


def request_erasure(*, by: Actor) -> Person:
    """Erases after seven days, in which it can be taken back. Refused while a post is held."""
    if by.person is None:
        raise Denied(_("Sign in to change your data."))
    if by.posts:
        raise Conflict(_("You hold a post. Your data can be erased once it has ended."), code="holds-post")
    with command("people.request_erasure", by=by):
        person = Person.objects.select_for_update().get(id=by.person)
        if person.erasure_asked_at is None:
            person.erasure_asked_at = now()
            person.save(update_fields=["erasure_asked_at"])
    return person


def withdraw_erasure(*, by: Actor) -> None:
    if by.person is None:
        raise Denied(_("Sign in to change your data."))
    with command("people.withdraw_erasure", by=by):
        Person.objects.filter(id=by.person).update(erasure_asked_at=None)


def erasure_of(person: UUID) -> datetime | None:
    """When the data of this person will be erased; None without a request."""
    with as_actor(SYSTEM):
        asked = Person.objects.filter(id=person).values_list("erasure_asked_at", flat=True).first()
    return asked + THINKING_TIME if asked else None


def erase_due() -> int:
    """Carry out the requests whose thinking time is over. Returns how many."""
    with as_actor(SYSTEM):
        due = Person.objects.filter(erasure_asked_at__lt=now() - THINKING_TIME, erased_at__isnull=True)
        persons = list(due.values_list("id", flat=True))
    return sum(erase(person) for person in persons)


def erase(person: UUID) -> bool:
    """The row stays, empty: posts once held and facts refer to it."""
    with command("people.erase", by=SYSTEM):
        row = Person.objects.select_for_update().filter(id=person, erased_at__isnull=True).first()
        if row is None:
            return False
        row.name, row.erased_at = "", now()
        row.save(update_fields=["name", "erased_at"])
        for model in (Phone, HouseholdMember, Interest):
            model.objects.filter(person_id=person).delete()
        Account.objects.filter(person_id=person).delete()  # takes its sessions, second factors and password with it
        append(PersonErased(person=person), about=person, by=SYSTEM)
    return True


def own_data(*, by: Actor) -> dict[str, Any]:
    """Everything this app keeps about the actor, ready for JSON."""
    if by.person is None:
        raise Denied(_("Sign in to see your data."))
    from shanzhi.registers.people.own_data import collect

    with as_actor(by):
        return collect(by.person)

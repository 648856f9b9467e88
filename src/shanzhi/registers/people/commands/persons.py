"""Registering persons and what they may do with their own data."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Denied, Invalid
from shanzhi.foundation.journal.services import append, as_actor, command
from shanzhi.registers.people.facts import PersonRegistered
from shanzhi.registers.people.models import Account, Person
from shanzhi.registers.people.permissions import may_register

from .phones import normalised, put_phone

LONGEST_NAME = 100


def create_person(
    *, name: str, by: Actor, id: UUID | None = None, phone: str = "", username: str = "", password: str | None = None,
    synthetic: bool = False, account: bool = True,
) -> Person:  # fmt: skip
    """A person, with an account unless told otherwise. A phone number given here counts as proven.

    Raises Invalid for a name that is too long, a number that is none or belongs to someone else, a taken user name.
    """
    if not may_register(by):
        raise Denied(_("Only those who may appoint can register another person."))
    person = Person(id=id or new_id(), name=checked_name(name, needed=False), synthetic=synthetic)
    number = normalised(phone) if phone else ""
    with command("people.create_person", by=by), as_actor(SYSTEM):
        person.save(force_insert=True)
        if number:
            put_phone(person.id, number, proven=True)
        if account:
            open_account(person.id, username=username, password=password)
        append(PersonRegistered(person=person.id, synthetic=synthetic), about=person.id, by=by)
    return person


def open_account(person: UUID, *, username: str = "", password: str | None = None) -> Account:
    """Inside a command. Residents get a user name that nobody needs to know: they sign in by phone."""
    if username and Account.objects.filter(username=username).exists():
        raise Invalid({"username": [_("This user name is taken. Please choose another.")]})
    return Account.objects.create_user(username or f"r{secrets.token_hex(8)}", password, person_id=person)


def register_by_phone(*, number: str) -> Account:
    """The account that asks for a code by this number for the first time. Proven, or swept away, later."""
    person = Person(id=new_id())
    with command("people.register_by_phone", by=SYSTEM):
        person.save(force_insert=True)
        put_phone(person.id, normalised(number), proven=False)
        account = open_account(person.id)
        append(PersonRegistered(person=person.id), about=person.id, by=SYSTEM)
    return account


def correct_name(*, name: str, by: Actor) -> Person:
    """One's own name. Those who hold a post act under it in public: theirs is corrected by who appoints them."""
    if by.person is None:
        raise Denied(_("Sign in to change your data."))
    if by.posts and not by.system:
        raise Denied(_("You hold a post. Ask the office that appointed you to correct your name."))
    with command("people.correct_name", by=by):
        person = Person.objects.select_for_update().get(id=by.person)
        person.name = checked_name(name)
        person.save(update_fields=["name"])
    return person


def checked_name(name: str, *, needed: bool = True) -> str:
    name = " ".join(name.split())
    if needed and not name:
        raise Invalid({"name": [_("Please write a name.")]})
    if len(name) > LONGEST_NAME:
        raise Invalid({"name": [_("A name may have at most 100 characters.")]})
    return name


def sweep_unproven(*, hours: int = 24) -> int:
    """Accounts opened by typing a number whose code was never entered. Returns how many went."""
    old = now() - timedelta(hours=hours)
    with command("people.sweep_unproven", by=SYSTEM):
        persons = list(
            Person.objects.filter(
                phone__verified_at__isnull=True, registered_at__lt=old, name="", account__last_login__isnull=True,
                posts__isnull=True, memberships__isnull=True,
            ).values_list("id", flat=True)
        )  # fmt: skip
        Account.objects.filter(person_id__in=persons).delete()
        Person.objects.filter(id__in=persons).delete()
    return len(persons)

"""Registering persons and what they may do with their own data."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Denied, Invalid
from shanzhi.foundation.journal.services import append, as_actor, command
from shanzhi.registers.people.facts import PersonRegistered
from shanzhi.registers.people.models import Account, Person, Phone
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


def register_proven(*, number: str) -> Account:
    """The account of a number whose code was entered right now; a new number gets person and account. Safe to repeat."""
    number = normalised(number)
    with command("people.register_proven", by=SYSTEM):
        with connection.cursor() as cursor:
            # Two browsers prove the same new number at once: the second finds what the first made.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [number])
        known = Phone.objects.filter(number=number, verified_at__isnull=False).first()
        if known is not None:
            return Account.objects.filter(person_id=known.person_id).first() or open_account(known.person_id)
        person = Person(id=new_id())
        person.save(force_insert=True)
        put_phone(person.id, number, proven=True)
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

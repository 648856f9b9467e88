"""Numbers: kept as +86…, exclusive once proven, and never shown to find out who exists."""

from __future__ import annotations

import re
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Conflict, Invalid
from shanzhi.foundation.journal.services import as_actor
from shanzhi.registers.people.models import Account, Phone

FULL_WIDTH = str.maketrans("０１２３４５６７８９＋", "0123456789+")
MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
FOREIGN = re.compile(r"(?:\+|00)([1-9]\d{6,14})")


def normalised(text: str) -> str:
    """+8613800000000 from 138 0000 0000, 086-…, full-width digits. Raises Invalid(phone) for anything else."""
    bare = re.sub(r"[\s().\-－—]", "", text.translate(FULL_WIDTH))
    if found := MOBILE.fullmatch(bare):
        return f"+86{found[1]}"
    if (found := FOREIGN.fullmatch(bare)) and not found[1].startswith("86"):
        return f"+{found[1]}"
    raise Invalid({"phone": [_("This is not a mobile number. Write its 11 digits, for example 138 0000 0000.")]})


def put_phone(person: UUID, number: str, *, proven: bool) -> Phone:
    """Inside a transaction that acts as the house. Replaces the person's number."""
    if proven:
        release(number, keep=person)
    values = {"number": number, "verified_at": now() if proven else None, "added_at": now()}
    return Phone.objects.update_or_create(person_id=person, defaults=values)[0]


def release(number: str, *, keep: UUID) -> None:
    """Unproven claims of the number by others fall away; a proven one stands."""
    others = Phone.objects.filter(number=number).exclude(person_id=keep)
    if others.filter(verified_at__isnull=False).exists():
        raise Conflict(_("This number belongs to another account."), code="phone-taken")
    others.delete()


def set_phone(*, person: UUID, number: str, proven: bool) -> None:
    with as_actor(SYSTEM):
        put_phone(person, normalised(number), proven=proven)


def phone_of(person: UUID) -> tuple[str, bool] | None:
    """(number, proven); for signing in and for sending messages, never for showing to others."""
    with as_actor(SYSTEM):
        found = Phone.objects.filter(person_id=person).first()
    return (found.number, found.verified_at is not None) if found else None


def account_by_phone(number: str) -> Account | None:
    """The account that has proven the number. A mere claim opens nothing: it may be a stranger's typing error."""
    with as_actor(SYSTEM):
        proven = Phone.objects.filter(number=number, verified_at__isnull=False).first()
    return Account.objects.filter(person_id=proven.person_id).first() if proven else None

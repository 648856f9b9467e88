"""Accounts of staff, in the hands of who appoints them: links to set a password, closing, a lost second factor.

A link names the account and carries a token that dies with its first use, with the next sign-in and after three days.
Nobody but its holder learns a password.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.journal.services import append, as_actor, command
from shanzhi.foundation.messages.services import notify
from shanzhi.registers.people.facts import AccountChanged
from shanzhi.registers.people.models import Account, Person
from shanzhi.registers.people.permissions import administers

from .persons import checked_name, open_account
from .phones import normalised, put_phone

What = Literal["given", "link-issued", "password-set", "closed", "opened", "second-factor-removed"]
REACH = _("You may change accounts only of those all of whose posts lie in the place that your own post covers.")
TOLD = {
    "link-issued": {"zh-hans": "任用您的办公室给您开出了设置新密码的链接。如果不是您要的，请马上向他们问清楚。", "en": "The office that appointed you issued a link to set a new password for your account. If you did not ask for it, ask them now."},
    "closed": {"zh-hans": "您的账号被停用了。", "en": "Your account was closed."},
    "opened": {"zh-hans": "您的账号又可以用了。", "en": "Your account is open again."},
    "second-factor-removed": {"zh-hans": "您登录时的两步验证被取消了，请重新设置。", "en": "Your second step at sign-in was removed. Please set it up again."},
}  # fmt: skip


class _Tokens(PasswordResetTokenGenerator):
    key_salt = "shanzhi.people.invitation"


@dataclass(frozen=True, slots=True)
class Invitation:
    """`token` goes into the address /signin/invitation/<token>/ and nowhere else; it is not stored."""

    person: UUID
    token: str
    until: datetime


def issue_link(*, person: UUID, by: Actor) -> Invitation:
    """For a new member of staff, or one who forgot the password. The present password stays until the link is used."""
    with command("people.issue_link", by=by):
        account = _account(person, by)
        if not account.is_active:
            raise Conflict(_("This account is closed. Open it first."))
        token = f"{base64.urlsafe_b64encode(account.id.bytes).decode().rstrip('=')}.{_Tokens().make_token(account)}"
        _note(account, "link-issued", by)
    return Invitation(person, token, now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))


def give_account(*, person: UUID, username: str, phone: str = "", by: Actor) -> Account:
    """For somebody who holds a post and has no account. A number given here counts as proven; then issue a link.

    Raises Conflict where there is an account already, or the number is another's; Invalid(username, phone).
    """
    if not administers(by, person):
        raise Denied(REACH)
    number = normalised(phone) if phone else ""
    with command("people.give_account", by=by), as_actor(SYSTEM):
        # Locked: two who appoint do it at once, and the second finds what the first made.
        if Person.objects.select_for_update().filter(id=person, erased_at__isnull=True).first() is None:
            raise NotFound(_("There is no such person among those whom you look after."))
        if Account.objects.filter(person_id=person).exists():
            raise Conflict(_("This person has an account already."))
        if number:
            put_phone(person, number, proven=True)
        account = open_account(person, username=username)
        _tell_journal(account, "given", by)
    return account


def invited(token: str) -> Account:
    """The account that a link belongs to. NotFound if it was used, is too old, or never was one."""
    name, _dot, rest = token.partition(".")
    try:
        id = UUID(bytes=base64.urlsafe_b64decode(name + "=="))
    except ValueError:
        id = None
    account = Account.objects.filter(id=id, is_active=True, person__isnull=False).first() if id else None
    if account is None or not _Tokens().check_token(account, rest):
        raise NotFound(_("This link has been used or is too old. Ask the office that sent it for a new one."))
    return account


def accept_invitation(*, token: str, password: str) -> Account:
    """Sets the password and ends all sessions of the account. Raises Invalid(password) where it is too weak."""
    with command("people.accept_invitation", by=SYSTEM):
        account = Account.objects.select_for_update().get(id=invited(token).id)
        if not _Tokens().check_token(account, token.partition(".")[2]):
            raise NotFound(_("This link has been used or is too old. Ask the office that sent it for a new one."))
        try:
            validate_password(password, account)
        except ValidationError as refusal:
            raise Invalid({"password": refusal.messages}) from refusal
        account.set_password(password)
        account.save(update_fields=["password"])
        end_sessions(account)
        _tell_journal(account, "password-set", SYSTEM)
    return account


def close_account(*, person: UUID, by: Actor) -> None:
    """Nobody signs in with it any more, and every session ends. Posts stay: they are ended one by one."""
    with command("people.close_account", by=by):
        account = _account(person, by)
        if account.is_active:
            account.is_active = False
            account.save(update_fields=["is_active"])
            end_sessions(account)
            _note(account, "closed", by)


def reopen_account(*, person: UUID, by: Actor) -> None:
    with command("people.reopen_account", by=by):
        account = _account(person, by)
        if not account.is_active:
            account.is_active = True
            account.save(update_fields=["is_active"])
            _note(account, "opened", by)


def remove_second_factor(*, person: UUID, by: Actor) -> bool:
    """For a lost telephone, after who asks was checked in person. All sessions end."""
    from allauth.mfa.models import Authenticator

    with command("people.remove_second_factor", by=by):
        account = _account(person, by)
        gone = Authenticator.objects.filter(user_id=account.id).delete()[0]
        if gone:
            end_sessions(account)
            _note(account, "second-factor-removed", by)
    return bool(gone)


def rename_officer(*, person: UUID, name: str, by: Actor) -> None:
    """Who holds a post acts under this name in public, so it is the office that corrects it."""
    name = checked_name(name)
    if not administers(by, person):
        raise NotFound(_("There is no such person among those whom you look after."))
    with command("people.rename_officer", by=by), as_actor(SYSTEM):
        Person.objects.filter(id=person, erased_at__isnull=True).update(name=name)
        append(AccountChanged(person=person, what="renamed"), about=person, by=by)


def end_sessions(account: Account) -> None:
    from allauth.usersessions.models import UserSession

    for session in UserSession.objects.filter(user_id=account.id):
        session.end()


def _account(person: UUID, by: Actor) -> Account:
    if not administers(by, person):
        raise Denied(REACH)
    account = Account.objects.select_for_update().filter(person_id=person).first()
    if account is None:
        raise NotFound(_("This person has no account."))
    return account


def _note(account: Account, what: What, by: Actor) -> None:
    person = _tell_journal(account, what, by)
    notify(to=person, text=TOLD[what], about=person, link="/signin/me/", by=by, kind="account")


def _tell_journal(account: Account, what: What, by: Actor) -> UUID:
    person = account.person_id
    assert person is not None  # accounts are found by their person here
    append(AccountChanged(person=person, what=what), about=person, by=by)
    return person

"""What allauth asks of us: numbers, text messages, words, and nothing by e-mail."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from shanzhi.engines.casework import services as casework
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Conflict, Refusal
from shanzhi.foundation.messages.channels import ChannelError
from shanzhi.foundation.messages.services import sms_provider
from shanzhi.registers.people import queries
from shanzhi.registers.people import services as people

from .fields import MobileField


class NotSent(Refusal):
    """The text message did not go out."""

    status = 503
    code = "code-not-sent"


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask at your community's office if you think that is a mistake."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right. Please look at the message again."),
        "incorrect_password": _("This password is not right."),
        "phone_password_mismatch": _("The number and the password do not belong together. Please try again."),
        "username_password_mismatch": _("The user name and the password do not belong together. Please try again."),
        "phone_taken": _("This number cannot be used here."),
        "same_as_current": _("This is the number you have already."),
        "too_many_login_attempts": _("Too many tries. Please wait a few minutes and try again."),
        "rate_limited": _("A code was sent a moment ago. Please wait a minute before asking for another."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # the first code proven opens the account (code_flow): one way for old and new

    def phone_form_field(self, **kwargs: Any) -> MobileField:
        return MobileField(**kwargs)

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        people.set_phone(person=user.person_id, number=phone, proven=verified)

    def set_phone_verified(self, user: Any, phone: str) -> None:
        before = people.phone_of(user.person_id)
        try:
            people.set_phone(person=user.person_id, number=phone, proven=True)
            if before and before[0] != phone:
                casework.correct_contact(by=queries.actor_of(user.person_id), phone=(before[0], phone))
        except Conflict as refusal:
            raise self.validation_error("phone_taken") from refusal

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return people.phone_of(user.person_id) if user.person_id else None

    def get_user_by_phone(self, phone: str) -> Any:
        return people.account_by_phone(phone)

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        send(
            phone,
            now_("%(code)s is your code for Shanzhi, valid for five minutes. Nobody will ask you for it.")
            % {"code": code},
        )

    def send_account_already_exists_sms(self, phone: str) -> None:
        send(
            phone,
            now_("Someone wanted to use your number for another account on Shanzhi. If it was not you, do nothing."),
        )

    def forget_failures(self, request: HttpRequest, username: str) -> None:
        """Wrong passwords count no longer against an account that just got a new one."""
        key = self._get_login_attempts_cache_key(request, username=username)
        ratelimit.clear(request, action="login_failed", key=key)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        from django.urls import reverse

        return reverse("signin:me")


def send(phone: str, text: str) -> None:
    try:
        sms_provider().send(phone, text, key=f"signin:{new_id()}")
    except ChannelError as trouble:
        raise NotSent(
            _("The text message could not be sent. Please try again in a few minutes, or sign in with a password.")
        ) from trouble

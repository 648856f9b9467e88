"""Text messages. `HttpSmsProvider` speaks the protocol of docs/messages.md to any gateway."""

from __future__ import annotations

import re
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.messages.channels import NoChannel, Refused, Sent

NUMBER = re.compile(r"\+[1-9]\d{6,14}")
MAINLAND = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")


class SmsProvider(Protocol):
    def send(self, phone: str, text: str, *, key: str) -> Sent:
        """`phone` in international form. Raises Refused (never try again) or Unavailable (try again, same key)."""


class SmsChannel:
    def deliver(self, address: str, text: str, *, key: str) -> Sent:
        return sms_provider().send(address, text, key=key)


def sms_available() -> bool:
    return bool(settings.SHANZHI_SMS_URL or settings.SHANZHI_DEMO)


def sms_provider() -> SmsProvider:
    """The provider of this installation. Raises NoChannel (a Refusal, 503) where there is none."""
    if settings.SHANZHI_SMS_URL:
        from shanzhi.foundation.messages.channels.http import HttpSmsProvider

        return HttpSmsProvider(
            settings.SHANZHI_SMS_URL,
            token=settings.SHANZHI_SMS_TOKEN,
            secret=settings.SHANZHI_SMS_SECRET,
        )
    if settings.SHANZHI_DEMO:
        from shanzhi.foundation.messages.channels.console import ConsoleSmsProvider

        return ConsoleSmsProvider()
    raise NoChannel(
        _("Text messages are not set up here, so a code cannot be sent. Sign in with your password instead."),
        advice=_("The operator sets SHANZHI_SMS_URL, SHANZHI_SMS_TOKEN and SHANZHI_SMS_SECRET."),
    )


def international(phone: str) -> str:
    """+8613800000000 from however people write it. Raises Refused for what can't be a number."""
    bare = re.sub(r"[\s()-]", "", phone)
    if match := MAINLAND.fullmatch(bare):
        return f"+86{match.group(1)}"
    if NUMBER.fullmatch(bare):
        return bare
    raise Refused("not a telephone number")


def masked(phone: str) -> str:
    """138****0000: enough for the owner to recognise, too little for anyone else."""
    local = phone.removeprefix("+86")
    return f"{local[:3]}****{local[-4:]}" if len(local) >= 8 else "****"

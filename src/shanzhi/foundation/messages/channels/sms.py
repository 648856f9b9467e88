"""Text messages. `HttpSmsProvider` speaks the protocol of docs/messages.md to any gateway."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.messages.channels import NoChannel, Sent
from shanzhi.foundation.messages.channels.console import ConsoleSmsProvider
from shanzhi.foundation.messages.channels.http import HttpSmsProvider
from shanzhi.foundation.messages.channels.numbers import international, masked

__all__ = ["SmsChannel", "SmsProvider", "international", "masked", "sms_available", "sms_provider"]


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
        return HttpSmsProvider(
            settings.SHANZHI_SMS_URL,
            token=settings.SHANZHI_SMS_TOKEN,
            secret=settings.SHANZHI_SMS_SECRET,
        )
    if settings.SHANZHI_DEMO:
        return ConsoleSmsProvider()
    raise NoChannel(
        _("Text messages are not set up here, so a code cannot be sent. Sign in with your password instead."),
        advice=_("The operator sets SHANZHI_SMS_URL, SHANZHI_SMS_TOKEN and SHANZHI_SMS_SECRET."),
    )

"""Filters of this door's pages."""

from datetime import datetime

from django import template
from django.utils.timezone import localtime

from shanzhi.foundation.messages.channels.sms import masked

register = template.Library()
register.filter("masked", masked)


@register.filter
def in_fours(key: str) -> str:
    """As people type it off: apps take a key with the blanks and without."""
    return " ".join(key[n : n + 4] for n in range(0, len(key), 4))


@register.filter
def moment(text: str) -> str:
    """Of a moment as data for programs give it (ISO 8601): local time."""
    return f"{localtime(datetime.fromisoformat(text)):%Y-%m-%d %H:%M}"

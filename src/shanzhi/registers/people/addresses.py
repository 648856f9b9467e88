"""Where messages to a person go."""

from __future__ import annotations

from uuid import UUID

from shanzhi.foundation.messages.channels import Address

from .commands.phones import phone_of


def find(person: UUID, channel: str) -> Address | None:
    """The proven number, for text messages. An unproven one may be a stranger's."""
    if channel != "sms":
        return None
    found = phone_of(person)
    return Address(found[0]) if found and found[1] else None

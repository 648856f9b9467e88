"""「我也遇到了」: follow a report that is there already instead of sending another."""

from __future__ import annotations

from uuid import UUID

from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import Actor


def me_too(
    *, case: UUID, by: Actor, name: str = "", phone: str = "", key: str | UUID | None = None
) -> services.Subscribed:
    """Follow an open report of somebody else. Returns a token to show once where there is no account.

    Raises NotFound for what is not there to be followed: closed cases and complaints about a unit.
    """
    return services.subscribe(case=case, by=by, name=name.strip()[:100], phone=phone.strip()[:20], key=key)

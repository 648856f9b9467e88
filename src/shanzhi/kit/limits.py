"""How often one visitor may do a thing. Counted in the cache that all serving processes share."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.refusals import Refusal
from shanzhi.registers.people.middleware import ActorRequest


class TooMany(Refusal):
    """Nothing is wrong with it; there was just too much of it within the hour."""

    status = 429
    code = "too-many"


def count(request: ActorRequest, what: str, *, most: int, most_from_address: int, seconds: int = 3600) -> None:
    """Counts once; raises TooMany beyond `most` of one person or visitor, or `most_from_address` of visitors of one address.

    The address allows far more than one visitor: a whole street may share it behind a telephone company.
    """
    by = request.actor
    if by.person or by.visitor:  # those without either share no counter: one of them could shut out all others
        _once(f"{what}:{by.person or by.visitor}", most, seconds)
    if by.person is None:
        _once(f"{what}:{get_adapter().get_client_ip(request)}", most_from_address, seconds)


def _once(name: str, most: int, seconds: int) -> None:
    if counted(f"limit:{name}", seconds) > most:
        raise TooMany(
            _("That was a lot in a short time. Please wait a while and go on then; nothing that you wrote is lost.")
        )


def counted(key: str, seconds: int) -> int:
    if count := getattr(cache, "count", None):
        return int(count(key, seconds))
    # A cache that only remembers. Added first: a key that runs out between asking and counting would else never end.
    return 1 if cache.add(key, 1, seconds) else cache.incr(key)

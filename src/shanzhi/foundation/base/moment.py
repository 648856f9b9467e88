"""What time it is. Commands ask here, so that the simulation can live through a month in a minute.

Only `shanzhi.simulation` and tests may set the time; everybody else gets the machine's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_pretended: ContextVar[datetime | None] = ContextVar("pretended moment", default=None)


def now() -> datetime:
    """Aware, in UTC."""
    return _pretended.get() or timezone.now()


def today() -> date:
    """In the city's time zone."""
    return now().astimezone(timezone.get_default_timezone()).date()


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    if timezone.is_naive(moment):
        raise ValueError("A moment has a time zone.")
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)

"""What people were told, and what could not be delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q

from shanzhi.foundation.base.moment import now
from shanzhi.foundation.messages.channels.console import Shown, last_messages
from shanzhi.foundation.messages.models import Delivery, Notice

PAGE = 30


@dataclass(frozen=True, slots=True)
class Page:
    notices: list[Notice]
    number: int  # from 1
    more: bool


@dataclass(frozen=True, slots=True)
class Health:
    """Of the last seven days, but `waiting` and `oldest` of now."""

    sent: int
    failed: int
    unreachable: int
    waiting: int
    oldest: datetime | None


def notices_of(person: UUID, page: int = 1, *, unread_only: bool = False, size: int = PAGE) -> Page:
    """Newest first."""
    number = max(1, page)
    rows = Notice.objects.filter(to=person).order_by("-at", "-id")
    if unread_only:
        rows = rows.filter(read_at=None)
    found = list(rows[(number - 1) * size : number * size + 1])
    return Page(found[:size], number, len(found) > size)


def link_of(id: UUID, person: UUID | None) -> str:
    """Where a notice of this person leads; "" for nowhere, and for somebody else's."""
    return Notice.objects.filter(id=id, to=person).values_list("link", flat=True).first() or "" if person else ""


def unread_count(person: UUID | None) -> int:
    """As the session's statement counts them; 100 stands for more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT messages_unread(%s)", [person])
        return int(cursor.fetchone()[0])


def notices_about(about: UUID) -> list[Notice]:
    return list(Notice.objects.filter(about=about).order_by("at", "id"))


def undelivered(limit: int = 50) -> list[Delivery]:
    """Sendings that ended without arriving, newest first: for the operator's page. They hold no address."""
    ended = Delivery.objects.filter(state__in=[Delivery.State.FAILED, Delivery.State.UNREACHABLE])
    return list(ended.order_by("-ended_at")[:limit])


def deliveries_of(notice: UUID) -> list[Delivery]:
    return list(Delivery.objects.filter(notice=notice).order_by("made_at"))


def delivery_health() -> Health:
    since = now() - timedelta(days=7)
    recent = Delivery.objects.filter(Q(ended_at=None) | Q(ended_at__gte=since))
    counts = {row["state"]: row["n"] for row in recent.values("state").annotate(n=Count("id"))}
    oldest = Delivery.objects.filter(ended_at=None).order_by("made_at").values_list("made_at", flat=True).first()
    return Health(
        sent=counts.get("sent", 0),
        failed=counts.get("failed", 0),
        unreachable=counts.get("unreachable", 0),
        waiting=counts.get("waiting", 0) + counts.get("sending", 0),
        oldest=oldest,
    )


def demo_messages() -> list[Shown]:
    """The text messages that a demonstration would have sent, newest first; nothing outside of a demonstration."""
    return last_messages() if settings.SHANZHI_DEMO else []

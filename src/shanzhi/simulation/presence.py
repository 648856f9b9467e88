"""Which synthetic people a guest of the demonstration plays just now: what comes to these waits for the guest."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.utils import timezone

AWAY = timedelta(minutes=20)  # sessions note every ten minutes at most that they are in use


def played_by_guests() -> set[UUID]:
    """Persons as whom somebody is signed in and was here lately."""
    lately = timezone.now() - AWAY
    return set(UserSession.objects.filter(last_seen_at__gt=lately).values_list("user__person", flat=True)) - {None}

"""Jobs: deliver outside, and find deliveries whose worker died."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from shanzhi.foundation.messages.delivery import attempt
from shanzhi.foundation.messages.models import Delivery

QUEUE = "messages"
OVERDUE = timedelta(minutes=1)


@app.task(name="messages.deliver", queue=QUEUE)
def deliver(delivery: str) -> None:
    again = attempt(UUID(delivery))
    if again is not None:
        deliver.configure(schedule_at=again).defer(delivery=delivery)


def post(deliveries: Iterable[UUID]) -> None:
    """Enqueue, in the caller's transaction."""
    arguments: list[dict[str, Any]] = [{"delivery": str(identity)} for identity in deliveries]
    deliver.batch_defer(*arguments)


@app.periodic(cron="*/5 * * * *")
@app.task(name="messages.resume", queue=QUEUE, queueing_lock="messages.resume")
def resume(timestamp: int) -> None:
    resume_lost()


@transaction.atomic
def resume_lost() -> int:
    """A job can vanish with its worker; the row can't. Doubled jobs are harmless: the row is claimed once."""
    overdue = Delivery.objects.filter(ended_at=None, next_at__lt=timezone.now() - OVERDUE)
    ids = list(overdue.order_by("next_at").values_list("id", flat=True)[:500])
    if ids:
        post(ids)
    return len(ids)

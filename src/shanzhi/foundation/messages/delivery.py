"""One attempt at one delivery. At least once: a crash between sending and noting it repeats it under the same key."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.messages.channels import ChannelError, NoChannel, Refused, Sent, address, channel
from shanzhi.foundation.messages.models import Delivery

log = structlog.get_logger(__name__)

PAUSES = tuple(timedelta(seconds=s) for s in (30, 120, 600, 3600, 6 * 3600))
ATTEMPTS = len(PAUSES) + 1
# Longer than any channel's timeout: after it the attempt counts as lost with its worker.
LEASE = timedelta(minutes=2)


def attempt(delivery_id: UUID) -> datetime | None:
    """Try once. Returns when to try again, None when there is nothing more to do."""
    row = _claim(delivery_id)
    if row is None:
        return None
    try:
        with transaction.atomic():
            to = address(row.book, row.holder, row.channel)
        if to is None:
            return _end(row, Delivery.State.UNREACHABLE, "no address for this channel")
        sent = channel(row.channel).deliver(to.value, pick(row.text, to.language), key=str(row.id))
    except (Refused, LookupError) as error:
        return _end(row, Delivery.State.FAILED, str(error))
    except NoChannel:
        return _end(row, Delivery.State.FAILED, "no provider is set up for this channel")
    except ChannelError as error:
        return _later(row, str(error))
    except Exception as error:
        # A fault of our own must neither lose the message nor try for ever.
        log.exception("delivery_broke", delivery=str(row.id), channel=row.channel)
        return _later(row, f"internal error ({type(error).__name__})")
    return _end(row, Delivery.State.SENT, "", sent)


@transaction.atomic
def _claim(delivery_id: UUID) -> Delivery | None:
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",))
    row = rows.filter(id=delivery_id, ended_at=None, next_at__lte=timezone.now()).first()
    if row is None:
        return None
    row.state = Delivery.State.SENDING
    row.attempts += 1
    row.next_at = timezone.now() + LEASE
    row.save(update_fields=["state", "attempts", "next_at"])
    return row


def _end(row: Delivery, state: str, problem: str, sent: Sent | None = None) -> datetime | None:
    if problem:
        log.warning("delivery_ended", delivery=str(row.id), channel=row.channel, state=str(state), problem=problem)
    reference = sent.reference if sent else ""
    _note(row, state=state, problem=problem[:300], reference=reference, ended_at=timezone.now())
    return None


def _later(row: Delivery, problem: str) -> datetime | None:
    if row.attempts >= ATTEMPTS:
        return _end(row, Delivery.State.FAILED, f"given up after {row.attempts} attempts: {problem}")
    moment = timezone.now() + PAUSES[row.attempts - 1]
    _note(row, state=Delivery.State.WAITING, problem=problem[:300], next_at=moment)
    return moment


def _note(row: Delivery, **changes: object) -> None:
    # Only while the claim is ours: a lease that ran out belongs to another worker by now.
    Delivery.objects.filter(id=row.id, attempts=row.attempts, ended_at=None).update(**changes)

"""What a person is told, and what became of telling it outside the house."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shanzhi.foundation.base.ids import id_field


class Notice(models.Model):
    """One thing told to one person. `text` is {"zh-hans": …, "en": …}; content-free where the matter is protected."""

    id = id_field()
    # People is the floor above: a bare id, no foreign key.
    to = models.UUIDField()
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    text = models.JSONField()
    about = models.UUIDField(null=True, blank=True, db_index=True)
    link = models.CharField(max_length=300, blank=True)
    protected = models.BooleanField(default=False)
    synthetic = models.BooleanField(default=False)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["to", "key"], name="notice_told_once")]
        indexes = [
            models.Index(F("to"), F("at").desc(), F("id").desc(), name="notice_newest"),
            models.Index(fields=["to"], condition=Q(read_at=None), name="notice_unread"),
        ]


class Delivery(models.Model):
    """One sending through a channel. Holds no address: the address book is asked at the moment of sending."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        UNREACHABLE = "unreachable"  # the holder has no address for this channel, or withdrew it

    id = id_field()  # also the idempotency key that the provider gets
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, null=True, related_name="deliveries")
    channel = models.CharField(max_length=20)
    book = models.CharField(max_length=40)
    holder = models.UUIDField()
    key = models.CharField(max_length=160, unique=True)
    text = models.JSONField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, state__in=["waiting", "sending"])
                | Q(ended_at__isnull=False, state__in=["sent", "failed", "unreachable"]),
                name="delivery_ends_once",
            )
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(ended_at=None), name="delivery_due")]

"""What the clock said by itself: nearly due, overdue, and who was told about the silence."""

from __future__ import annotations

from django.db import models

from shanzhi.foundation.base.ids import id_field

from .case import Case
from .clock import Clock


class Reminder(models.Model):
    """One row for each clock, kind and post told. Warnings and overdue go to whoever the state waits for: no post.

    `level`: from 1, of the state's `escalates`; 0 for the responsibility list's fallback.
    """

    class Kind(models.TextChoices):
        WARNED = "warned"
        OVERDUE = "overdue"
        ESCALATED = "escalated"

    id = id_field()
    case = models.ForeignKey(Case, models.CASCADE, related_name="reminders")
    clock = models.ForeignKey(Clock, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=60)
    due = models.DateTimeField()
    at = models.DateTimeField()
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("people.Post", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "casework_reminder"

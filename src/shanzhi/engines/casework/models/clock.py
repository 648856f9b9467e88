"""The clock of one stay in one state."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shanzhi.foundation.base.ids import id_field

from .case import Case


class Clock(models.Model):
    id = id_field()
    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    state = models.CharField(max_length=60)
    limit = models.CharField(max_length=60)  # as calendar.clock.parse_limit reads it
    counts = models.CharField(max_length=16)
    started = models.DateTimeField()
    warn = models.DateTimeField()
    due = models.DateTimeField()
    provisional = models.BooleanField(default=False)  # counts a day whose holiday is not announced yet
    stopped = models.DateTimeField(null=True)
    pauses = ArrayField(ArrayField(models.DateTimeField(), size=2), default=list)

    class Meta:
        db_table = "casework_clock"
        constraints = [models.UniqueConstraint(fields=["case"], condition=Q(stopped=None), name="clock_one_running")]

"""The clock of one stay in one state; of a case, or of one unit's hand in it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shanzhi.foundation.base.ids import id_field

from .case import Case


class Clock(models.Model):
    """`paused`: standing since then, while another state's clock runs; `pauses`: the times that it stood before.

    `counted_by`: [[from when, unit, place], …]: whose opening hours and local days count, oldest first.
    `next_at`: when the tick has to look at it again (none: everything was said). `escalated`: levels that were told.
    """

    id = id_field()
    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    hand = models.ForeignKey("casework.Hand", models.CASCADE, null=True, related_name="clocks", db_index=False)
    state = models.CharField(max_length=60)
    limit = models.CharField(max_length=60)  # as calendar.clock.parse_limit reads it, extensions included
    counts = models.CharField(max_length=16)
    percent = models.PositiveSmallIntegerField(default=80)  # of the limit, when the warning comes
    started = models.DateTimeField()
    warn = models.DateTimeField()
    due = models.DateTimeField()  # of a paused clock: as it was when it was paused
    not_before = models.DateTimeField(
        null=True
    )  # the latest end that a part of the case had: it is due then at the earliest
    provisional = models.BooleanField(default=False)  # counts a day whose holiday is not announced yet
    stopped = models.DateTimeField(null=True)
    paused = models.DateTimeField(null=True)
    pauses = ArrayField(ArrayField(models.DateTimeField(), size=2), default=list)
    counted_by = models.JSONField(default=list)
    warned_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    escalated = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "casework_clock"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(stopped=None, paused=None, hand=None), name="clock_one_running"
            ),
            models.UniqueConstraint(
                fields=["hand"], condition=Q(stopped=None, paused=None, hand__isnull=False), name="clock_one_of_a_hand"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(stopped=None, paused=None), name="clock_next"),
            models.Index(fields=["case"], condition=Q(stopped=None, paused__isnull=False), name="clock_paused"),
            models.Index(fields=["hand"], condition=Q(hand__isnull=False), name="clock_of_hand"),
        ]

    @property
    def standing(self) -> list[tuple]:
        """All pauses as calendar.clock takes them; the present one has no end."""
        return [*((begin, end) for begin, end in self.pauses), *([(self.paused, None)] if self.paused else [])]

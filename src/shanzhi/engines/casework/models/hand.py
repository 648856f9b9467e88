"""One unit's part in a case that several work on."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shanzhi.foundation.base.ids import id_field

from .case import Case
from .step import Step


class Hand(models.Model):
    """`step`: that gave it; `lead`: answers for the whole. `ended_at`: dropped, or the case left the state it was given in.

    `warn_at`, `due_at`: of its own clock. `paused`: that clock stands since then, and none runs (texts of
    before a part that waits had a clock for it). `touched` rises with each action on it.
    """

    class Stand(models.TextChoices):
        GIVEN = "given"
        TAKEN = "taken"
        DONE = "done"
        RETURNED = "returned"
        HELP = "help"
        OUTSIDE = "outside"
        CHECKED = "checked"
        DROPPED = "dropped"

    id = id_field()
    case = models.ForeignKey(Case, models.CASCADE, related_name="hands")
    step = models.ForeignKey(Step, models.CASCADE, related_name="given")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    lead = models.BooleanField(default=False)
    stand = models.CharField(max_length=10, choices=Stand.choices, default=Stand.GIVEN)
    post = models.ForeignKey("people.Post", models.PROTECT, null=True, related_name="+")
    taker = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    handled_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    checked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    paused = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    touched = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "casework_hand"
        constraints = [
            models.UniqueConstraint(fields=["case", "unit"], condition=Q(ended_at=None), name="hand_one_for_a_unit"),
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None, lead=True), name="hand_one_leads"),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("handled_by")), name="hand_checked_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=~Q(stand="checked") | Q(checked_by__isnull=False, handled_by__isnull=False),
                name="hand_checked_by_a_person",
            ),
            # As with cases: what still waits has a clock.
            models.CheckConstraint(
                condition=Q(stand__in=["checked", "dropped"]) | Q(due_at__isnull=False), name="hand_clock_runs"
            ),
        ]
        indexes = [models.Index(fields=["unit", "stand"], condition=Q(ended_at=None), name="hand_unit_on_it")]

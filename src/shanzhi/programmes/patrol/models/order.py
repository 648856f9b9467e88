"""Inspection orders: which standard, where, which day, in which hours; and what was answered to each item."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shanzhi.foundation.base.ids import id_field


class Order(models.Model):
    """The id is that of its case."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="+")
    standard = models.CharField(max_length=60)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    day = models.DateField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    vacant = models.BooleanField(default=False)  # no holder of the post that the standard names
    done_at = models.DateTimeField(null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True)  # when it was found missed and told

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "standard", "day"], name="patrol_order_once"),
            models.CheckConstraint(condition=Q(ends__gt=models.F("starts")), name="patrol_order_forward"),
        ]
        indexes = [models.Index(fields=["day", "place"], name="patrol_order_day")]


class Answer(models.Model):
    """As it stands now; what it was before is in the journal. `case` stays, whatever the answer becomes: a report is not taken back."""

    class Value(models.TextChoices):
        FINE = "fine"
        HAZARD = "hazard"
        NOT_APPLICABLE = "not-applicable"

    id = id_field()
    order = models.ForeignKey(Order, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=60)
    value = models.CharField(max_length=16, choices=Value.choices)
    note = models.CharField(max_length=500, blank=True)
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "item"], name="patrol_answer_once"),
            models.CheckConstraint(
                condition=~Q(value="hazard") | Q(case__isnull=False),
                name="patrol_hazard_has_case",
            ),
        ]

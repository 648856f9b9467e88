"""More time, asked for and decided on."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shanzhi.foundation.base.ids import id_field

from .case import Case
from .clock import Clock
from .step import Step


class Extension(models.Model):
    """`granted`: none while nobody has decided. The asker never decides: the database refuses it too."""

    id = id_field()
    case = models.ForeignKey(Case, models.CASCADE, related_name="extensions")
    clock = models.ForeignKey(Clock, models.CASCADE, related_name="extensions")
    asked_step = models.OneToOneField(Step, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    limit = models.CharField(max_length=60)  # as asked, then as granted
    reason = models.TextField()
    decided_step = models.OneToOneField(Step, models.CASCADE, null=True, related_name="+")
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    due = models.DateTimeField(null=True)  # the end that was granted

    class Meta:
        db_table = "casework_extension"
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(granted=None), name="extension_one_asked"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="extension_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(granted=None, decided_by=None) | Q(granted__isnull=False, decided_by__isnull=False),
                name="extension_decided_by_a_person",
            ),
        ]

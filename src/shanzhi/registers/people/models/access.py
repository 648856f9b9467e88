"""Who opened whose record, and who has an interest in whom."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from shanzhi.foundation.base.ids import id_field


class Access(models.Model):
    """Append-only (the serving role may not change or delete it). Names fields, never their values."""

    id = id_field()
    about = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    who = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")  # null: the house itself
    post = models.ForeignKey("people.Post", models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200)
    fields = ArrayField(models.CharField(max_length=60))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "people_access"
        indexes = [models.Index(fields=["about", "-at"], name="people_access_about")]


class Interest(models.Model):
    """A declared conflict of interest with one person or one unit: the system then keeps the declarer from handling."""

    id = id_field()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="interests")
    other = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey("people.Unit", models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=20)  # family | business | friendship | dispute | other
    declared_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_interest"
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=False, unit__isnull=True) | Q(other__isnull=True, unit__isnull=False),
                name="people_interest_one_target",
            ),
        ]

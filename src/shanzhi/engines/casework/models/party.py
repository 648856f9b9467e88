"""Who reported and who follows. Under row-level security (migration 0002)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shanzhi.foundation.base.ids import id_field

from .case import Case


class Party(models.Model):
    """A person with an account, or only a secret link (of it only a hash is kept). `name` and `phone`: as given for this
    matter, whoever may call back; blank after erasure.
    """

    class Relation(models.TextChoices):
        REPORTER = "reporter"
        SUBSCRIBER = "subscriber"
        PARTY = "party"

    class Side(models.TextChoices):
        A = "a"
        B = "b"

    id = id_field()
    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    relation = models.CharField(max_length=10, choices=Relation.choices)
    side = models.CharField(max_length=1, choices=Side.choices, blank=True)  # of a dispute; the reporter may be one too
    name = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    follow_key = models.CharField(max_length=8, blank=True)  # finds the row; says nothing of the secret
    follow_hash = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "casework_party"
        indexes = [
            models.Index(fields=["follow_key"], condition=~Q(follow_key=""), name="party_follow_key"),
            models.Index(fields=["person"], name="party_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], condition=Q(person__isnull=False), name="party_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(relation="reporter"), name="party_one_reporter"),
        ]

"""One matter on its way through a procedure."""

from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Least

from shanzhi.engines.casework import topics
from shanzhi.foundation.base.ids import id_field


class Case(models.Model):
    """Holds no person outside duty: who reported is in Party, under row-level security.

    `parts`: {"handle": [person, …]}: who has done which part, so that parts stay apart without reading all steps.
    `topic`: what of the city's text the words begin with, by its key (see topics.py). `said`: the words as this reader reads them.
    `involved`: every unit that ever had or acted in the case. `touched` rises by one with each action.
    `live`: somebody signed in took part, also as a synthetic person of the demonstration; the simulation then keeps away.
    """

    id = id_field()
    number = models.CharField(max_length=24, unique=True)
    version = models.ForeignKey("playbook.Version", models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=60)
    state = models.CharField(max_length=60)
    stage = models.PositiveSmallIntegerField()
    waits_for = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=80, blank=True)
    urgency = models.CharField(max_length=12, default="normal")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    lon = models.FloatField(null=True)  # WGS-84
    lat = models.FloatField(null=True)
    spot = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    topic = models.CharField(max_length=150, blank=True, default="", db_default="")
    grams = ArrayField(models.CharField(max_length=2), default=list)
    source = models.CharField(max_length=20)
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("people.Post", models.PROTECT, null=True, related_name="+")
    taker = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    subject_unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    parts = models.JSONField(default=dict)
    involved = ArrayField(models.UUIDField(), default=list)
    reporter_party = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    warn_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    touched = models.PositiveIntegerField(default=0)
    hands_on = models.PositiveSmallIntegerField(default=0, db_default=0)  # units side by side on it, or that were last
    hands_done = models.PositiveSmallIntegerField(default=0, db_default=0)
    synthetic = models.BooleanField(default=False)
    live = models.BooleanField(default=False, db_default=False)

    # Not stored: `fetching.with_standing` adds them.
    reporters: list[UUID]
    sides: dict[str, str]

    class Meta:
        db_table = "casework_case"
        indexes = [
            models.Index(fields=["place", "state"], name="case_place_state"),
            models.Index(fields=["unit", "due_at"], condition=Q(closed_at=None), name="case_unit_open"),
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="case_due_open"),
            models.Index(Least("warn_at", "due_at"), condition=Q(closed_at=None), name="case_late_open"),
            models.Index(fields=["lat", "lon"], condition=Q(closed_at=None), name="case_spot_open"),
            models.Index(fields=["category", "opened_at"], name="case_category_opened"),
            models.Index(fields=["opened_at"], name="case_opened"),
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="case_closed"),
            GinIndex(fields=["grams"], name="case_grams"),
            GinIndex(fields=["involved"], name="case_involved"),
            GinIndex(fields=["involved"], condition=Q(hands_on__gt=0), name="case_hands_involved"),
        ]
        constraints = [
            # A case without a clock waits for ever: only a closed one may have none.
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(due_at__isnull=False), name="case_clock_runs"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def said(self) -> str:
        return topics.said(self) if self.topic else self.words

    @property
    def final(self) -> bool:
        return self.closed_at is not None

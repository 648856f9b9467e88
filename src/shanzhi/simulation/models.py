"""What a simulation remembers besides the city itself. No personal data."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shanzhi.foundation.base.ids import id_field


class State(models.Model):
    """One row: whether the synthetic city lives, and how fast. `history`: whether its past was made."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    paused = models.BooleanField(default=False)
    speed = models.PositiveSmallIntegerField(default=1)
    seed = models.CharField(max_length=40, default="1")
    history = models.DateTimeField(null=True)
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        db_table = "simulation_state"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="simulation_one_state")]


class Picture(models.Model):
    """A drawn photograph that evidence has already taken in."""

    id = id_field()
    scene = models.CharField(max_length=20)
    seed = models.PositiveIntegerField()
    mended = models.BooleanField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "simulation_picture"
        constraints = [models.UniqueConstraint(fields=["scene", "seed", "mended"], name="simulation_picture_once")]

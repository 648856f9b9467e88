"""Places, what they were called when, what became of them, and where they lie."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.ids import id_field

from .levels import Level


class Place(models.Model):
    """One piece of territory as it stands today. The id never changes; code, name, parent and path may."""

    id = id_field()
    level = models.CharField(max_length=12, choices=Level.choices)
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=120)
    path = models.TextField()  # codes from the province down, each followed by "/": a prefix covers a subtree
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    synthetic = models.BooleanField(default=False)
    landmark = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)  # the first day on which the place no longer is

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(until=None), name="place_code_current"),
            models.UniqueConstraint(fields=["path"], condition=Q(until=None), name="place_path_current"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=models.F("since")), name="place_dates"),
            models.CheckConstraint(condition=Q(path__endswith="/"), name="place_path_ends"),
        ]
        indexes = [models.Index(fields=["path"], opclasses=["text_pattern_ops"], name="place_path_prefix")]

    def __str__(self) -> str:
        return self.name

    @property
    def rank(self) -> int:
        return Level(self.level).rank

    @property
    def codes(self) -> list[str]:
        """Codes from the province down to this place."""
        return self.path.rstrip("/").split("/")


class PlaceVersion(models.Model):
    """Code, name and path over a span of days; the last day is not included. Overlaps are refused by the database."""

    id = id_field()
    place = models.ForeignKey(Place, models.CASCADE, related_name="versions")
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=120)
    path = models.TextField()
    parent = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["code", "valid_from"], name="placeversion_code")]


class Lineage(models.Model):
    """What became of what. A move or a new code keeps the place, so old and new are then the same."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("Merged")
        SPLIT = "split", _("Split")
        REPLACE = "replace", _("Redrawn")
        MOVE = "move", _("Moved")
        RECODE = "recode", _("New code")

    id = id_field()
    old = models.ForeignKey(Place, models.PROTECT, related_name="+")
    new = models.ForeignKey(Place, models.PROTECT, related_name="+")
    old_code = models.CharField(max_length=32)
    new_code = models.CharField(max_length=32)
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind.choices)


class Boundary(models.Model):
    """Where a place lies (WGS-84). Apart from Place, so that lists of places never carry polygons."""

    place = models.OneToOneField(Place, models.CASCADE, primary_key=True, related_name="boundary")
    wkb = models.BinaryField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    lon = models.FloatField()  # a point surely inside
    lat = models.FloatField()


class Revision(models.Model):
    """One row: a number that changes whenever territory does, so that processes know to reload."""

    number = models.BigIntegerField()

"""Local exceptions to the national calendar, and opening hours of units. Places and units are floors above: bare ids."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shanzhi.foundation.base.ids import id_field


class CalendarDay(models.Model):
    """One day that is (or is not) worked: for a place and all below it, for one unit, or (neither named) for everyone."""

    id = id_field()
    day = models.DateField()
    works = models.BooleanField()
    place = models.UUIDField(null=True, blank=True)
    unit = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "place", "unit"], nulls_distinct=False, name="calendar_day_once"),
            models.CheckConstraint(condition=Q(place=None) | Q(unit=None), name="calendar_day_one_scope"),
        ]


class OpeningHours(models.Model):
    """From `since` on, the unit (none: every unit without hours of its own) is open on workdays during `spans`."""

    id = id_field()
    unit = models.UUIDField(null=True, blank=True)
    since = models.DateField()
    spans = models.JSONField()  # [[minute of the day, minute of the day], …]

    class Meta:
        db_table = "calendar_hours"
        constraints = [
            models.UniqueConstraint(fields=["unit", "since"], nulls_distinct=False, name="calendar_hours_once"),
        ]

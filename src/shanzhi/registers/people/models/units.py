"""Units and the posts in them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shanzhi.foundation.base.ids import id_field

LEVELS = ("city", "county", "street", "community")


class Unit(models.Model):
    """A department, office, committee or desk. One key may exist once per place: each community has its committee."""

    id = id_field()
    key = models.CharField(max_length=80)
    name = models.JSONField()  # {"zh-hans": …, "en": …}
    level = models.CharField(max_length=12, choices=[(level, level) for level in LEVELS])
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=40)
    phone = models.CharField(max_length=40, blank=True)  # the public line of the unit, never a person's
    closed_on = models.DateField(null=True)  # first day that it no longer is
    synthetic = models.BooleanField(default=False)

    class Meta:
        db_table = "people_unit"
        constraints = [
            models.UniqueConstraint(fields=["key", "place"], name="people_unit_key_place"),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="people_unit_level"),
        ]


class Closure(models.Model):
    """That a unit closes on a day, and which one follows it. Carried out when the day has come."""

    id = id_field()
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="closure")
    successor = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    on = models.DateField()  # first day that the unit no longer is
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")  # null: the house
    post = models.ForeignKey("people.Post", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_closure"
        constraints = [
            models.CheckConstraint(
                condition=~Q(unit=F("successor")) | Q(successor__isnull=True), name="people_closure_other"
            )
        ]


class Post(models.Model):
    """Person × unit × role × place, for a time. `until` is the first day that no longer counts: an end acts at once."""

    id = id_field()
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=80)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        db_table = "people_post"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role", "place"], condition=Q(until__isnull=True), name="people_post_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="people_post_dates"
            ),
        ]
        indexes = [models.Index(fields=["role", "place"], name="people_post_role_place")]

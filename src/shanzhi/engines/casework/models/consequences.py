"""States with consequences are rows: who, when, why."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shanzhi.foundation.base.ids import id_field

from .case import Case
from .step import Step


class Consequence(models.Model):
    id = id_field()
    step = models.OneToOneField(Step, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Rating(Consequence):
    case = models.ForeignKey(Case, models.CASCADE, related_name="ratings")
    stars = models.PositiveSmallIntegerField()
    reasons = ArrayField(models.CharField(max_length=60), default=list)
    words = models.TextField(blank=True)

    class Meta:
        db_table = "casework_rating"
        constraints = [models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="rating_stars")]


class Rejection(Consequence):
    """The person who rejected is named to the reporter: a refusal by nobody is no answer."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="rejections")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    post = models.ForeignKey("people.Post", models.PROTECT, null=True, related_name="+")
    reason = models.TextField()

    class Meta:
        db_table = "casework_rejection"


class Reopening(Consequence):
    case = models.ForeignKey(Case, models.CASCADE, related_name="reopenings")
    reason = models.TextField()

    class Meta:
        db_table = "casework_reopening"


class Join(models.Model):
    """This case is the same matter as another; its followers follow the other one too."""

    id = id_field()
    case = models.OneToOneField(Case, models.CASCADE, related_name="joined")
    into = models.ForeignKey(Case, models.PROTECT, related_name="joins")
    step = models.OneToOneField(Step, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "casework_join"
        constraints = [models.CheckConstraint(condition=~Q(case=models.F("into")), name="join_not_itself")]

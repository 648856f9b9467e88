"""Calls for a night patrol and who wants to come."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shanzhi.foundation.base.ids import id_field


class Call(models.Model):
    """`least` and `most`: volunteers. Whoever signs up after `most` waits."""

    id = id_field()
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    meeting = models.CharField(max_length=100)
    words = models.CharField(max_length=500, blank=True)
    least = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    leader = models.ForeignKey("people.Post", models.PROTECT, related_name="+")
    code = models.ForeignKey("codes.Code", models.PROTECT, null=True, blank=True, related_name="+")
    called_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=1000, blank=True)  # at the end: what the night saw, or why it was called off
    held = models.BooleanField(null=True, blank=True)  # None while open; False: called off
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(least__gte=1, most__gte=F("least")), name="patrol_call_numbers"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="patrol_call_forward"),
            models.CheckConstraint(
                condition=Q(closed_at=None, held=None) | Q(closed_at__isnull=False, held__isnull=False),
                name="patrol_call_closed",
            ),
        ]
        indexes = [models.Index(fields=["starts"], condition=Q(closed_at=None), name="patrol_call_open")]


class SignUp(models.Model):
    """`name` is what the volunteer is called, kept for the leader's list of this night alone; erased with the person."""

    class State(models.TextChoices):
        LISTED = "listed"
        WAITING = "waiting"
        WITHDRAWN = "withdrawn"

    id = id_field()
    call = models.ForeignKey(Call, models.CASCADE, related_name="signups")
    person = models.UUIDField(db_index=True)
    name = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    at = models.DateTimeField()
    came_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=8, blank=True)  # code | leader
    shown_at = models.DateTimeField(
        null=True, blank=True
    )  # when the leader opened the name, which is in the access log

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="patrol_signup_once")]
        indexes = [models.Index(fields=["call", "at"], name="patrol_signup_order")]

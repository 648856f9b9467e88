"""Persons and what is personal about them. Person, Phone and HouseholdMember are under row-level security (policies.py)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from shanzhi.foundation.base.ids import id_field


class Person(models.Model):
    id = id_field()
    name = models.CharField(max_length=100, blank=True)  # blank until the resident gives one, and again after erasure
    synthetic = models.BooleanField(default=False)
    registered_at = models.DateTimeField(default=timezone.now)
    erasure_asked_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_person"


class Phone(models.Model):
    id = id_field()
    person = models.OneToOneField(Person, models.CASCADE, related_name="phone")
    number = models.CharField(max_length=20)  # E.164: +86…
    verified_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "people_phone"
        # Only a proven number is exclusive: else anyone could block another's number by typing it.
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=models.Q(verified_at__isnull=False), name="people_phone_proven_once"
            )
        ]
        indexes = [models.Index(fields=["number"], name="people_phone_number")]


class Household(models.Model):
    id = id_field()
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    door = models.CharField(max_length=100)  # building, unit, door number
    synthetic = models.BooleanField(default=False)

    class Meta:
        db_table = "people_household"
        constraints = [models.UniqueConstraint(fields=["place", "door"], name="people_household_door")]


class HouseholdMember(models.Model):
    id = id_field()
    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    since = models.DateField()
    until = models.DateField(null=True)  # first day that no longer counts

    class Meta:
        db_table = "people_household_member"
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person"], condition=models.Q(until__isnull=True), name="people_member_once"
            )
        ]

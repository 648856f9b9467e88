"""What reporting keeps of its own: how each report stands, for the figures that everybody may read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Matter(models.Model):
    """Made from the journal alone (subscribers.py), and rebuilt from it. No row for disputes and rounds: they are nobody's report."""

    class Stands(models.TextChoices):
        OPEN = "open"
        DONE = "done"  # to the end of its procedure
        ASIDE = "aside"  # refused, joined to another, taken back

    case = models.OneToOneField("casework.Case", models.CASCADE, primary_key=True, related_name="+")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    version = models.UUIDField()  # of the playbook: says what its states mean
    procedure = models.CharField(max_length=60)
    category = models.CharField(max_length=80, blank=True)
    stands = models.CharField(max_length=8, choices=Stands.choices)
    since = models.DateTimeField()  # it stands so

    class Meta:
        indexes = [
            models.Index(fields=["since"], condition=Q(stands="done"), name="reporting_matter_done"),
            models.Index(fields=["place"], condition=Q(stands="open"), name="reporting_matter_open"),
        ]

"""Yes or no of one side to one step of the procedure."""

from __future__ import annotations

from django.db import models

from .case import Case
from .consequences import Consequence
from .party import Party


class Consent(Consequence):
    """Counts until the action is done, or until the same side says something else."""

    class How(models.TextChoices):
        ACCOUNT = "account"  # signed in
        LINK = "link"  # by the party's own secret link
        PAPER = "paper"  # signed; the picture is with the step
        PHONE = "phone"  # as a mediator noted it

    case = models.ForeignKey(Case, models.CASCADE, related_name="consents")
    side = models.CharField(max_length=1, choices=Party.Side.choices)
    action = models.CharField(max_length=60)
    given = models.BooleanField()
    how = models.CharField(max_length=8, choices=How.choices)

    class Meta:
        db_table = "casework_consent"

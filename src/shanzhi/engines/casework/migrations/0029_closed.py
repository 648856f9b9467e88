"""Closed cases by when they were closed: today's and this week's are counted without looking through those of all years."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("casework", "0028_near")]

    operations = [
        AddIndexConcurrently(
            "case",
            models.Index(fields=["closed_at"], condition=models.Q(closed_at__isnull=False), name="case_closed"),
        ),
    ]

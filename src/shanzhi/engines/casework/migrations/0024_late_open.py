"""What is late or nearly so, the longest first: the number beside the box reads no more than it shows."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Least


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("casework", "0023_waiting_is_open")]

    operations = [
        AddIndexConcurrently(
            "case",
            models.Index(Least("warn_at", "due_at"), condition=models.Q(closed_at=None), name="case_late_open"),
        ),
    ]

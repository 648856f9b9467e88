"""Open cases by where they are: what is reported already near by is found among the few there, however many cases there are."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("casework", "0025_parts_that_wait")]

    operations = [
        AddIndexConcurrently(
            "case",
            models.Index(fields=["lat", "lon"], condition=models.Q(closed_at=None), name="case_spot_open"),
        ),
    ]

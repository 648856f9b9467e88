"""Cases of several units by whom they involve: a unit's closed cases are found without reading those of everybody else."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("casework", "0032_stays_out")]

    operations = [
        AddIndexConcurrently(
            "case",
            GinIndex(fields=["involved"], condition=models.Q(hands_on__gt=0), name="case_hands_involved"),
        ),
    ]

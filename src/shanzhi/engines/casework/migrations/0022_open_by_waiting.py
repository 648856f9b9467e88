"""What waits for whom, at which step, the most pressing first: of many open cases only those are read."""

from django.db import migrations

MAKE = "CREATE INDEX case_open_waits ON casework_case (waits_for, stage, due_at) WHERE closed_at IS NULL"


class Migration(migrations.Migration):
    dependencies = [("casework", "0021_search_by_number")]
    operations = [migrations.RunSQL(MAKE, "DROP INDEX case_open_waits")]

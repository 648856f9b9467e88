"""Who waits is open: told to the database, which else multiplies the two shares and takes what waits for very few."""

from django.db import migrations

MAKE = """
CREATE STATISTICS case_waits_open (mcv) ON waits_for, stage, closed_at FROM casework_case;
ANALYZE casework_case (waits_for, stage, closed_at);
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0022_open_by_waiting")]
    operations = [migrations.RunSQL(MAKE, "DROP STATISTICS case_waits_open")]

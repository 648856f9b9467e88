"""People read out the end of a case's number: an index of numbers turned round finds it."""

from django.db import migrations

MAKE = "CREATE INDEX case_number_turned ON casework_case (reverse(number) text_pattern_ops)"


class Migration(migrations.Migration):
    dependencies = [("casework", "0020_hands")]
    operations = [migrations.RunSQL(MAKE, "DROP INDEX case_number_turned")]

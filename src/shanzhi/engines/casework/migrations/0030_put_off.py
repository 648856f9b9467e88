"""The whole of a case is due at the earliest when the latest of its parts is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0029_closed")]
    operations = [migrations.AddField("clock", "not_before", models.DateTimeField(null=True))]

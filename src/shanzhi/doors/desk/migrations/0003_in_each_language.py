"""Why an action on several cases was refused is kept in each language: nothing depends on the one in which it was asked for."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_pending")]
    operations = [migrations.RemoveField("pending", "language")]

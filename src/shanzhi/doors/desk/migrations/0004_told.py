"""Once an action on several cases is done, it is told in the words of the past."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_in_each_language")]
    operations = [migrations.AddField("pending", "told", models.JSONField(null=True))]

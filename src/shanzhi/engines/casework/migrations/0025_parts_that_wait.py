"""A unit's part may wait for the desk's help or for somebody outside."""

from django.db import migrations, models

STANDS = ("given", "taken", "done", "returned", "help", "outside", "checked", "dropped")


class Migration(migrations.Migration):
    dependencies = [("casework", "0024_late_open")]
    operations = [
        migrations.AlterField(
            model_name="hand",
            name="stand",
            field=models.CharField(choices=[(one, one.title()) for one in STANDS], default="given", max_length=10),
        )
    ]

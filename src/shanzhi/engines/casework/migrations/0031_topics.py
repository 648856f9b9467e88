"""What the house wrote into a case is known by its key, and read in the reader's language. Cases of before keep their words as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0030_put_off")]
    operations = [
        migrations.AddField("case", "topic", models.CharField(blank=True, db_default="", default="", max_length=150))
    ]

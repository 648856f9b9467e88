import django.db.models.deletion
from django.db import migrations, models

import shanzhi.foundation.base.ids

# Two versions of one place, or two places with one code, may not hold on one day.
DATED = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE places_placeversion
  ADD CONSTRAINT placeversion_one_at_a_time EXCLUDE USING gist (place_id WITH =, daterange(valid_from, valid_until) WITH &&),
  ADD CONSTRAINT placeversion_code_once EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_until) WITH &&);
"""

# Drawn from a sequence, a number never comes twice, not after a rollback either: a cache cannot mistake one state for another.
REVISION = """
CREATE SEQUENCE places_revision_seq;
INSERT INTO places_revision (id, number) VALUES (1, nextval('places_revision_seq'));
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("journal", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=shanzhi.foundation.base.ids.UuidV7(),
                        default=shanzhi.foundation.base.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("province", "Province"),
                            ("city", "City"),
                            ("county", "County or district"),
                            ("street", "Town or subdistrict"),
                            ("community", "Community or village"),
                            ("grid", "Grid"),
                            ("microgrid", "Micro-grid"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=120)),
                ("path", models.TextField()),
                ("synthetic", models.BooleanField(default=False)),
                ("landmark", models.CharField(blank=True, max_length=120)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Boundary",
            fields=[
                (
                    "place",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="boundary",
                        serialize=False,
                        to="places.place",
                    ),
                ),
                ("wkb", models.BinaryField()),
                ("west", models.FloatField()),
                ("south", models.FloatField()),
                ("east", models.FloatField()),
                ("north", models.FloatField()),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
            ],
        ),
        migrations.CreateModel(
            name="Lineage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=shanzhi.foundation.base.ids.UuidV7(),
                        default=shanzhi.foundation.base.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("old_code", models.CharField(max_length=32)),
                ("new_code", models.CharField(max_length=32)),
                ("on", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("merge", "Merged"),
                            ("split", "Split"),
                            ("replace", "Redrawn"),
                            ("move", "Moved"),
                            ("recode", "New code"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "new",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
                ),
                (
                    "old",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlaceVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=shanzhi.foundation.base.ids.UuidV7(),
                        default=shanzhi.foundation.base.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=120)),
                ("path", models.TextField()),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="places.place"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["path"], name="place_path_prefix", opclasses=["text_pattern_ops"]),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("code",), name="place_code_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("path",), name="place_path_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="place_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(condition=models.Q(("path__endswith", "/")), name="place_path_ends"),
        ),
        migrations.AddIndex(
            model_name="placeversion",
            index=models.Index(fields=["code", "valid_from"], name="placeversion_code"),
        ),
        migrations.RunSQL(DATED, migrations.RunSQL.noop),
        migrations.RunSQL(REVISION, "DROP SEQUENCE places_revision_seq"),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import shanzhi.foundation.base.ids

# A running case keeps the version it began under, and what applied on a past day must stay known.
NEVER_CHANGED = f"""
CREATE FUNCTION playbook_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: store a new version or adoption instead', TG_TABLE_NAME;
END $$;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON playbook_version
  FOR EACH ROW EXECUTE FUNCTION playbook_never_changed();
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON playbook_adoption
  FOR EACH ROW EXECUTE FUNCTION playbook_never_changed();
REVOKE UPDATE, DELETE ON playbook_version, playbook_adoption FROM {settings.SHANZHI_APP_ROLE};
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Version",
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
                ("slug", models.SlugField(max_length=40)),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("body", models.TextField()),
                ("origins", models.JSONField()),
                ("texts", models.JSONField()),
                ("recorded", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Adoption",
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
                ("place", models.UUIDField(db_index=True)),
                ("from_date", models.DateField()),
                ("by_person", models.UUIDField(null=True)),
                ("by_system", models.BooleanField(default=False)),
                ("recorded", models.DateTimeField(auto_now_add=True)),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="playbook.version",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["place", "from_date"], name="playbook_adoption_when")],
            },
        ),
        migrations.RunSQL(NEVER_CHANGED, migrations.RunSQL.noop),
    ]

"""Two sides in one matter: which side a party is on, and what each side agreed to."""

from django.db import migrations, models

from shanzhi.foundation.base import ids

# Which side the persons (or, without account, the parties) of a case are on. Raises the actor for one statement and puts it
# back. Never shown: it only answers how an actor stands to the case, and who is too near to it.
SIDES = """
CREATE FUNCTION casework_sides(of_case uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE was text := current_setting('shanzhi.actor', true); found jsonb;
BEGIN
  PERFORM set_config('shanzhi.actor', 'system', true);
  SELECT coalesce(jsonb_object_agg(coalesce(p.person_id, p.id)::text, p.side), '{}') INTO found
    FROM casework_party p WHERE p.case_id = of_case AND p.side <> '';
  PERFORM set_config('shanzhi.actor', coalesce(was, ''), true);
  RETURN found;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_row_security")]
    operations = [
        migrations.AddField(
            "party",
            "side",
            models.CharField(blank=True, choices=[("a", "A"), ("b", "B")], default="", max_length=1),
            preserve_default=False,
        ),
        migrations.AlterField(
            "party",
            "relation",
            models.CharField(
                choices=[("reporter", "Reporter"), ("subscriber", "Subscriber"), ("party", "Party")], max_length=10
            ),
        ),
        migrations.CreateModel(
            "Consent",
            [
                (
                    "id",
                    models.UUIDField(
                        db_default=ids.UuidV7(), default=ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("side", models.CharField(choices=[("a", "A"), ("b", "B")], max_length=1)),
                ("action", models.CharField(max_length=60)),
                ("given", models.BooleanField()),
                (
                    "how",
                    models.CharField(
                        choices=[("account", "Account"), ("link", "Link"), ("paper", "Paper"), ("phone", "Phone")],
                        max_length=8,
                    ),
                ),
                ("case", models.ForeignKey("casework.case", models.CASCADE, related_name="consents")),
                ("step", models.OneToOneField("casework.step", models.CASCADE, related_name="+")),
            ],
            options={"db_table": "casework_consent"},
        ),
        migrations.RunSQL(SIDES, "DROP FUNCTION casework_sides"),
    ]

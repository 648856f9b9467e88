"""Is somebody too near to a case: asked together with fetching it. Yes or no only; who is concerned never leaves the database."""

from django.db import migrations

NEAR = """
CREATE FUNCTION casework_near(of_case uuid, asker uuid, subject uuid, today date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE was text := current_setting('shanzhi.actor', true); concerned uuid[];
BEGIN
  PERFORM set_config('shanzhi.actor', 'system', true);
  SELECT array_agg(coalesce(p.person_id, p.id)) INTO concerned FROM casework_party p
    WHERE p.case_id = of_case AND ((p.relation = 'reporter' AND p.person_id IS NOT NULL) OR p.side <> '');
  PERFORM set_config('shanzhi.actor', coalesce(was, ''), true);
  IF concerned IS NULL AND subject IS NULL THEN
    RETURN false;
  END IF;
  RETURN people_conflict(asker, coalesce(concerned, '{}'), subject, today);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0027_followers"), ("people", "0002_row_security")]
    operations = [migrations.RunSQL(NEAR, "DROP FUNCTION casework_near")]

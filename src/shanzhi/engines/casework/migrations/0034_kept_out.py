"""Who has to stay out of one case: asked for each message and each list of people to choose from. Ids only."""

from django.db import migrations

# The other way round of `casework_stays_out`, with the members of the unit complained about.
KEPT_OUT = """
CREATE FUNCTION casework_kept_out(of_case uuid, today date) RETURNS uuid[] LANGUAGE plpgsql AS $$
DECLARE was text := current_setting('shanzhi.actor', true); found uuid[]; subject uuid; done jsonb;
BEGIN
  PERFORM set_config('shanzhi.actor', 'system', true);
  SELECT c.subject_unit_id, c.parts INTO subject, done FROM casework_case c WHERE c.id = of_case;
  WITH concerned AS (
    SELECT p.person_id AS id FROM casework_party p
      WHERE p.case_id = of_case AND p.person_id IS NOT NULL AND (p.relation = 'reporter' OR p.side <> '')
  ), out AS (
    SELECT id FROM concerned WHERE NOT coalesce(done->'collect' ? id::text, false)
    UNION SELECT i.other_id FROM people_interest i JOIN concerned ON concerned.id = i.person_id
      WHERE i.ended_at IS NULL AND i.other_id IS NOT NULL
    UNION SELECT i.person_id FROM people_interest i JOIN concerned ON concerned.id = i.other_id WHERE i.ended_at IS NULL
    UNION SELECT b.person_id FROM concerned
      JOIN people_household_member a ON a.person_id = concerned.id AND (a.until IS NULL OR a.until > today)
      JOIN people_household_member b ON b.household_id = a.household_id AND b.person_id <> a.person_id
        AND (b.until IS NULL OR b.until > today)
    UNION SELECT i.person_id FROM people_interest i WHERE i.ended_at IS NULL AND i.unit_id = subject
    UNION SELECT o.person_id FROM people_post o
      WHERE o.unit_id = subject AND o.since <= today AND (o.until IS NULL OR o.until > today)
    UNION SELECT e::uuid FROM jsonb_array_elements_text(coalesce(done->'recused', '[]')) e
  )
  SELECT coalesce(array_agg(id), '{}') INTO found FROM out;
  PERFORM set_config('shanzhi.actor', coalesce(was, ''), true);
  RETURN found;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0033_hands_involved")]
    operations = [migrations.RunSQL(KEPT_OUT, "DROP FUNCTION casework_kept_out")]

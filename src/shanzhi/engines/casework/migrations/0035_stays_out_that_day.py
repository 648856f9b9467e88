"""Of which cases somebody has to stay out is asked for a day that is given: the database has a clock of its own."""

from django.db import migrations

STAYS_OUT = """
CREATE FUNCTION casework_stays_out(me uuid, today date) RETURNS uuid[] LANGUAGE plpgsql AS $$
DECLARE was text := current_setting('shanzhi.actor', true); found uuid[];
BEGIN
  PERFORM set_config('shanzhi.actor', 'system', true);
  WITH near AS (
    SELECT me AS person
    UNION SELECT i.other_id FROM people_interest i
      WHERE i.ended_at IS NULL AND i.person_id = me AND i.other_id IS NOT NULL
    UNION SELECT i.person_id FROM people_interest i WHERE i.ended_at IS NULL AND i.other_id = me
    UNION SELECT b.person_id FROM people_household_member a
      JOIN people_household_member b ON b.household_id = a.household_id AND b.person_id <> me
      WHERE a.person_id = me AND (a.until IS NULL OR a.until > today) AND (b.until IS NULL OR b.until > today)
  ), out AS (
    SELECT p.case_id AS id FROM near JOIN casework_party p ON p.person_id = near.person
      WHERE (p.relation = 'reporter' OR p.side <> '')
        AND NOT (p.person_id = me AND EXISTS (
          SELECT 1 FROM casework_case c WHERE c.id = p.case_id AND c.parts->'collect' ? me::text))
    UNION SELECT c.id FROM people_interest i JOIN casework_case c ON c.subject_unit_id = i.unit_id
      WHERE i.ended_at IS NULL AND i.person_id = me
    UNION SELECT c.id FROM casework_case c WHERE c.parts ? 'recused' AND c.parts->'recused' ? me::text
  )
  SELECT coalesce(array_agg(id), '{}') INTO found FROM out;
  PERFORM set_config('shanzhi.actor', coalesce(was, ''), true);
  RETURN found;
END $$;
"""


class Migration(migrations.Migration):
    # The function of one argument stays: processes of before this version go on calling it while they are being replaced.
    dependencies = [("casework", "0034_kept_out")]
    operations = [migrations.RunSQL(STAYS_OUT, "DROP FUNCTION casework_stays_out(uuid, date)")]

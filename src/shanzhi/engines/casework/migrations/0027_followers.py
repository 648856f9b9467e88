"""How many others reported or follow a case: a number only, for pages, where no row of a party may be read."""

from django.db import migrations

FOLLOWERS = """
CREATE FUNCTION casework_followers(of_case uuid) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE was text := current_setting('shanzhi.actor', true); found integer;
BEGIN
  PERFORM set_config('shanzhi.actor', 'system', true);
  SELECT count(*) INTO found FROM casework_party p JOIN casework_case c ON c.id = p.case_id
    WHERE p.case_id = of_case AND p.side = '' AND p.id IS DISTINCT FROM c.reporter_party;
  PERFORM set_config('shanzhi.actor', coalesce(was, ''), true);
  RETURN found;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0026_spot_open")]
    operations = [migrations.RunSQL(FOLLOWERS, "DROP FUNCTION casework_followers")]

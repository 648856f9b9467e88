"""Who reported: no actor sees no row. Functions below answer one narrow question each and return ids only."""

from django.db import migrations

ME = "nullif(current_setting('shanzhi.actor', true), '')"
PURPOSE = "nullif(current_setting('shanzhi.purpose', true), '')"
OWN = f"({ME} = 'system' OR person_id::text = {ME})"

# Anyone may write a party: a visitor reports without an actor. Reading it back needs the actor or a purpose.
POLICIES = f"""
ALTER TABLE casework_party ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework_party FORCE ROW LEVEL SECURITY;
CREATE POLICY casework_party_read ON casework_party FOR SELECT
  USING ({OWN} OR ({ME} IS NOT NULL AND {PURPOSE} = 'casework.reporter'));
CREATE POLICY casework_party_add ON casework_party FOR INSERT WITH CHECK (true);
CREATE POLICY casework_party_change ON casework_party FOR UPDATE USING ({OWN}) WITH CHECK ({OWN});
CREATE POLICY casework_party_remove ON casework_party FOR DELETE USING ({OWN});
"""

UNDO = """
DROP POLICY casework_party_read ON casework_party;
DROP POLICY casework_party_add ON casework_party;
DROP POLICY casework_party_change ON casework_party;
DROP POLICY casework_party_remove ON casework_party;
ALTER TABLE casework_party NO FORCE ROW LEVEL SECURITY;
ALTER TABLE casework_party DISABLE ROW LEVEL SECURITY;
"""

# Persons who reported a case, to keep them and those near them from handling it. Never shown.
REPORTERS = """
CREATE FUNCTION casework_reporters(of_case uuid) RETURNS uuid[]
LANGUAGE sql STABLE SET shanzhi.actor TO 'system' AS $$
  SELECT coalesce(array_agg(p.person_id), '{}') FROM casework_party p
  WHERE p.case_id = of_case AND p.relation = 'reporter' AND p.person_id IS NOT NULL
$$;
"""

# Cases that a person reported or follows: ids only, for their own lists.
MINE = """
CREATE FUNCTION casework_mine(of_person uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET shanzhi.actor TO 'system' AS $$
  SELECT p.case_id FROM casework_party p WHERE p.person_id = of_person
$$;
"""

# Whom to tell about a case: person ids by relation, for notices.
FOLLOWERS = """
CREATE FUNCTION casework_followers(of_case uuid) RETURNS TABLE (person uuid, relation varchar)
LANGUAGE sql STABLE SET shanzhi.actor TO 'system' AS $$
  SELECT p.person_id, p.relation FROM casework_party p WHERE p.case_id = of_case AND p.person_id IS NOT NULL
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]
    operations = [
        migrations.RunSQL(POLICIES, UNDO),
        migrations.RunSQL(REPORTERS, "DROP FUNCTION casework_reporters"),
        migrations.RunSQL(MINE, "DROP FUNCTION casework_mine"),
        migrations.RunSQL(FOLLOWERS, "DROP FUNCTION casework_followers"),
    ]

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


def asking(name: str, argument: str, returns: str, statement: str) -> str:
    """A function that raises the actor for one statement and puts it back. An error in between ends the transaction."""
    return f"""
CREATE FUNCTION {name}({argument} uuid) RETURNS {returns} LANGUAGE plpgsql AS $$
DECLARE was text := current_setting('shanzhi.actor', true); found {returns};
BEGIN
  PERFORM set_config('shanzhi.actor', 'system', true);
  {statement}
  PERFORM set_config('shanzhi.actor', coalesce(was, ''), true);
  RETURN found;
END $$;
"""  # noqa: S608 - all text is below


# Persons who reported a case, to keep them and those near them from handling it. Never shown.
REPORTERS = asking(
    "casework_reporters",
    "of_case",
    "uuid[]",
    "SELECT coalesce(array_agg(p.person_id), '{}') INTO found FROM casework_party p "
    "WHERE p.case_id = of_case AND p.relation = 'reporter' AND p.person_id IS NOT NULL;",
)

# Cases that a person reported or follows: ids only, for their own lists.
MINE = asking(
    "casework_mine",
    "of_person",
    "uuid[]",
    "SELECT coalesce(array_agg(p.case_id), '{}') INTO found FROM casework_party p WHERE p.person_id = of_person;",
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]
    operations = [
        migrations.RunSQL(POLICIES, UNDO),
        migrations.RunSQL(REPORTERS, "DROP FUNCTION casework_reporters"),
        migrations.RunSQL(MINE, "DROP FUNCTION casework_mine"),
    ]

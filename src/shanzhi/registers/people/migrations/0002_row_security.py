"""The second defence: no actor sees no row, also for the owner of the tables (FORCE).

Reading needs to be the person, the house itself, or an access function that named its purpose. Writing never goes by
purpose. The functions below raise the actor for one statement only (a function's SET ends with it) and return no more
than their callers may know; an unguarded SELECT elsewhere still returns nothing.
"""

from django.conf import settings
from django.db import migrations

ME = "nullif(current_setting('shanzhi.actor', true), '')"
PURPOSE = "nullif(current_setting('shanzhi.purpose', true), '')"
TABLES = {"people_person": "id", "people_phone": "person_id", "people_household_member": "person_id"}


def policies(table: str, owner: str) -> str:
    own = f"({ME} = 'system' OR {owner}::text = {ME})"
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_own ON {table} USING {own} WITH CHECK {own};
CREATE POLICY {table}_purpose ON {table} FOR SELECT USING ({ME} IS NOT NULL AND {PURPOSE} IS NOT NULL);
"""


def undo(table: str) -> str:
    return f"""
DROP POLICY {table}_own ON {table};
DROP POLICY {table}_purpose ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""


# Who acts: read before there is an actor, by account (sign-in), person or post.
HOLDER = """
CREATE FUNCTION people_holder(of_account uuid, of_person uuid, today date)
RETURNS TABLE (account uuid, person uuid, name varchar, synthetic boolean,
               post uuid, role varchar, unit uuid, place uuid, path text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE was text := current_setting('shanzhi.actor', true);
BEGIN
  PERFORM set_config('shanzhi.actor', 'system', true);
  RETURN QUERY SELECT a.id, p.id, p.name, p.synthetic, o.id, o.role, o.unit_id, o.place_id, c.path
  FROM people_person p
  LEFT JOIN people_account a ON a.person_id = p.id
  LEFT JOIN (people_post o JOIN people_unit u ON u.id = o.unit_id AND (u.closed_on IS NULL OR u.closed_on > today)
             JOIN places_place c ON c.id = o.place_id)
    ON o.person_id = p.id AND o.since <= today AND (o.until IS NULL OR o.until > today)
  WHERE p.erased_at IS NULL
    AND (p.id = of_person OR p.id = (SELECT x.person_id FROM people_account x WHERE x.id = of_account AND x.is_active))
  ORDER BY o.since, o.id;
  PERFORM set_config('shanzhi.actor', coalesce(was, ''), true);
END $$;
"""

# Names of those who hold or held a post, and of nobody else: office is public, residents are not.
OFFICERS = """
CREATE FUNCTION people_officers(ids uuid[])
RETURNS TABLE (id uuid, name varchar, synthetic boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE was text := current_setting('shanzhi.actor', true);
BEGIN
  PERFORM set_config('shanzhi.actor', 'system', true);
  RETURN QUERY SELECT p.id, p.name, p.synthetic FROM people_person p
  WHERE p.id = ANY (ids) AND EXISTS (SELECT 1 FROM people_post o WHERE o.person_id = p.id);
  PERFORM set_config('shanzhi.actor', coalesce(was, ''), true);
END $$;
"""

# Yes or no, and no row: a household, a declared interest, or the same person.
CONFLICT = """
CREATE FUNCTION people_conflict(me uuid, others uuid[], subject uuid, today date)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE was text := current_setting('shanzhi.actor', true); near boolean;
BEGIN
  PERFORM set_config('shanzhi.actor', 'system', true);
  SELECT coalesce(me = ANY (others), false)
    OR EXISTS (SELECT 1 FROM people_post o WHERE o.person_id = me AND o.unit_id = subject
               AND o.since <= today AND (o.until IS NULL OR o.until > today))
    OR EXISTS (SELECT 1 FROM people_interest i WHERE i.ended_at IS NULL
               AND ((i.person_id = me AND (i.other_id = ANY (others) OR i.unit_id = subject))
                    OR (i.other_id = me AND i.person_id = ANY (others))))
    OR EXISTS (SELECT 1 FROM people_household_member a
               JOIN people_household_member b ON b.household_id = a.household_id AND b.person_id = ANY (others)
               WHERE a.person_id = me AND (a.until IS NULL OR a.until > today) AND (b.until IS NULL OR b.until > today))
  INTO near;
  PERFORM set_config('shanzhi.actor', coalesce(was, ''), true);
  RETURN near;
END $$;
"""

LOG = f"REVOKE UPDATE, DELETE, TRUNCATE ON people_access FROM {settings.SHANZHI_APP_ROLE};"

# The counters of rate limits, shared by all serving processes; worthless after a crash, so not logged.
COUNTERS = """
CREATE UNLOGGED TABLE house_cache (
  cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX house_cache_expires ON house_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        *(migrations.RunSQL(policies(table, owner), undo(table)) for table, owner in TABLES.items()),
        migrations.RunSQL(HOLDER, "DROP FUNCTION people_holder"),
        migrations.RunSQL(OFFICERS, "DROP FUNCTION people_officers"),
        migrations.RunSQL(CONFLICT, "DROP FUNCTION people_conflict"),
        migrations.RunSQL(LOG, migrations.RunSQL.noop),
        migrations.RunSQL(COUNTERS, "DROP TABLE house_cache"),
    ]

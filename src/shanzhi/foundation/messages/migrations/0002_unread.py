"""How many messages wait for a person, for whoever asks for it in a statement of their own; 100 stands for more."""

from django.db import migrations

UNREAD = """
CREATE FUNCTION messages_unread(person uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT count(*) FROM (SELECT FROM notices_notice n WHERE n."to" = person AND n.read_at IS NULL LIMIT 100) few
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [migrations.RunSQL(UNREAD, "DROP FUNCTION messages_unread(uuid)")]

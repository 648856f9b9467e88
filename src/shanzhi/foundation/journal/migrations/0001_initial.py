from django.conf import settings
from django.db import migrations

from ._functions import FUNCTIONS, TRIGGERS
from ._tables import RIGHTS, TABLES

GRANTS = """
GRANT USAGE ON SCHEMA public TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app};
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {app};
"""


def _sql(text: str) -> migrations.RunSQL:
    # One string and no parameters: a percent sign stays itself, and function bodies are not split at semicolons.
    return migrations.RunSQL([text.replace("{app}", settings.SHANZHI_APP_ROLE)], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    """Grants first: they make every later app's tables usable by the serving role."""

    initial = True
    dependencies = []
    operations = [_sql(GRANTS), _sql(TABLES), _sql(RIGHTS), _sql(TRIGGERS), _sql(FUNCTIONS)]

"""`shanzhi <command>`: Django's management commands, with the right database role for each."""

from __future__ import annotations

import os
import sys

# These change the schema or roles; everything else serves with the lesser role.
AS_OWNER = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "database", "flush", "dbshell"}


def main(argv: list[str] | None = None) -> None:
    argv = list(sys.argv if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    if len(argv) > 1 and argv[1] in AS_OWNER:
        os.environ["SHANZHI_AS_OWNER"] = "1"
    from django.core.management import execute_from_command_line

    execute_from_command_line(argv)


if __name__ == "__main__":
    main()

"""Why the house itself opens a record: kept as one of these, read in the language of whoever reads. What a person typed stays as typed."""

from __future__ import annotations

import re

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CASE = re.compile(r"^case (\S+)$")


class Why(models.TextChoices):
    STAFF = "administration of staff", gettext_lazy("administration of staff")
    NUMBER = "appointment by number", gettext_lazy("appointment by telephone number")
    RECORD = "printed the record", gettext_lazy("printed the record")
    AGREEMENT = "printed the agreement", gettext_lazy("printed the agreement")
    INVITATION = "wrote the invitation", gettext_lazy("wrote the invitation")
    NIGHT = "list of the night patrol", gettext_lazy("List of the night patrol")


def why_case(number: str) -> str:
    return f"case {number}"


def why_text(stored: str) -> str:
    if stored in Why.values:
        return str(Why(stored).label)
    case = CASE.match(stored)
    return _("to work on the matter %(number)s") % {"number": case[1]} if case else stored

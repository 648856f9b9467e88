"""What the playbook app writes to the journal."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from shanzhi.foundation.journal.facts import Code, Fact, declare


@declare
class PlaybookAdopted(Fact):
    """About a place: it goes by this version from this date. No version: as the place above it does."""

    kind: ClassVar[str] = "playbook.adopted"
    playbook: Code | None
    playbook_version: UUID | None
    hash: Code | None
    from_date: date

"""What the playbook app writes to the journal."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from shanzhi.foundation.journal.facts import Fact, declare


@declare
class PlaybookAdopted(Fact):
    """About a place: it goes by this version from this date. No version: as the place above it does."""

    kind: ClassVar[str] = "playbook.adopted"
    version: ClassVar[int] = 1
    playbook: str | None
    playbook_version: UUID | None
    hash: str
    from_date: date

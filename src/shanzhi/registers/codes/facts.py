"""What the register of codes writes to the journal."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from shanzhi.foundation.journal.facts import Fact, declare

Kind = Literal["place", "asset", "household", "point"]


@declare
class CodeIssued(Fact):
    """About a code: it exists from now on. The token is not said: it opens a form."""

    kind: ClassVar[str] = "code.issued"
    version: ClassVar[int] = 1
    code_kind: Kind


@declare
class CodeRetired(Fact):
    """About a code: scanning it no longer opens a report, or leads to another code."""

    kind: ClassVar[str] = "code.retired"
    version: ClassVar[int] = 1
    replaced_by: UUID | None

"""Fact kinds of the tests only."""

from uuid import UUID

from shanzhi.foundation.journal.facts import Code, Fact, declare


@declare
class Opened(Fact):
    kind = "test.opened"
    thing: UUID
    category: Code | None = None


@declare
class Counted(Fact):
    kind = "test.counted"
    number: int

"""What patrols write to the journal: no names, no words."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from shanzhi.foundation.journal.facts import Code, Fact, declare

Value = Literal["fine", "hazard", "not-applicable"]
How = Literal["code", "leader"]


@declare
class OrderMade(Fact):
    """About an inspection order (its id is the case's). `post`: to whom; None while nobody holds one."""

    kind: ClassVar[str] = "patrol.ordered"
    version: ClassVar[int] = 1
    standard: Code
    day: date
    post: UUID | None
    vacant: bool


@declare
class ItemAnswered(Fact):
    """About an order. `case`: what a hazard opened."""

    kind: ClassVar[str] = "patrol.answered"
    version: ClassVar[int] = 1
    item: Code
    answer: Value
    case: UUID | None


@declare
class AnswerChanged(Fact):
    """About an order: what an item was said to be before, and now. `case`: what a hazard opened, then or now; it goes its own way."""

    kind: ClassVar[str] = "patrol.answer-changed"
    version: ClassVar[int] = 1
    item: Code
    before: Value
    answer: Value
    case: UUID | None


@declare
class OrderMissed(Fact):
    """About an order whose hours ended before every item had its answer."""

    kind: ClassVar[str] = "patrol.missed"
    version: ClassVar[int] = 1
    standard: Code
    day: date


@declare
class Called(Fact):
    """About a call for a night patrol."""

    kind: ClassVar[str] = "patrol.called"
    version: ClassVar[int] = 1
    night: date
    least: int
    most: int


@declare
class SignedUp(Fact):
    """About a call. Who is in no fact: this is voluntary, and nobody's record."""

    kind: ClassVar[str] = "patrol.signed-up"
    version: ClassVar[int] = 1
    waiting: bool


@declare
class Withdrawn(Fact):
    """About a call: one place is free again."""

    kind: ClassVar[str] = "patrol.withdrawn"
    version: ClassVar[int] = 1


@declare
class CheckedIn(Fact):
    """About a call: somebody came."""

    kind: ClassVar[str] = "patrol.checked-in"
    version: ClassVar[int] = 1
    how: How


@declare
class CallClosed(Fact):
    """About a call: it took place or was called off."""

    kind: ClassVar[str] = "patrol.closed"
    version: ClassVar[int] = 1
    held: bool
    came: int

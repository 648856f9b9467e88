"""What casework writes to the journal: keys of playbooks and ids, never words or names."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shanzhi.foundation.journal.facts import Code, Fact, declare


@declare
class CaseOpened(Fact):
    kind: ClassVar[str] = "case.opened"
    case: UUID
    playbook_version: UUID
    procedure: Code
    state: Code
    category: Code | None = None
    urgency: Code
    source: Code
    files: int = 0
    parent: UUID | None = None
    synthetic: bool = False
    unit: UUID | None = None


@declare
class CaseActed(Fact):
    """One action. `unit`: who has the case afterwards; `effect`: its consequence, if it has one."""

    kind: ClassVar[str] = "case.acted"
    case: UUID
    step: UUID
    procedure: Code
    action: Code
    effect: Code | None = None
    from_state: Code
    to_state: Code
    part: Code | None = None
    relation: Code
    unit: UUID | None = None
    category: Code | None = None
    files: int = 0
    overdue: bool = False
    hand: UUID | None = None


@declare
class CaseClosed(Fact):
    kind: ClassVar[str] = "case.closed"
    case: UUID
    state: Code
    category: Code | None = None
    unit: UUID | None = None


@declare
class CaseRated(Fact):
    kind: ClassVar[str] = "case.rated"
    case: UUID
    stars: int
    unit: UUID | None = None


@declare
class CaseReopened(Fact):
    kind: ClassVar[str] = "case.reopened"
    case: UUID
    unit: UUID | None = None


@declare
class CaseJoined(Fact):
    kind: ClassVar[str] = "case.joined"
    case: UUID
    into: UUID


@declare
class CaseConsented(Fact):
    """One side's yes or no to an action of the procedure."""

    kind: ClassVar[str] = "case.consented"
    case: UUID
    step: UUID
    side: Code
    action: Code
    given: bool
    how: Code


@declare
class CaseInvited(Fact):
    """A party's letter with their own secret link was made."""

    kind: ClassVar[str] = "case.invited"
    case: UUID
    party: UUID


@declare
class CaseFollowed(Fact):
    """Somebody follows the case from now on. Who, is in the party table alone."""

    kind: ClassVar[str] = "case.followed"
    case: UUID
    party: UUID


@declare
class CaseHandGiven(Fact):
    """One of several units was given its part."""

    kind: ClassVar[str] = "case.hand-given"
    case: UUID
    hand: UUID
    unit: UUID
    lead: bool
    step: UUID


@declare
class CaseHandMoved(Fact):
    """How one unit's part stands from now on. No `step` where it only came to lead."""

    kind: ClassVar[str] = "case.hand-moved"
    case: UUID
    hand: UUID
    unit: UUID
    stand: Code
    lead: bool
    step: UUID | None = None


@declare
class CaseHandedOver(Fact):
    """Whoever had it is gone, or (`why`: recused) stepped back: it goes on with somebody else. `hand`: one unit's part alone."""

    kind: ClassVar[str] = "case.handed-over"
    case: UUID
    step: UUID
    hand: UUID | None = None
    from_post: UUID | None = None
    from_unit: UUID | None = None
    to_post: UUID | None = None
    to_unit: UUID | None = None
    unit: UUID | None = None  # who has the whole case afterwards
    why: Code | None = None


class OfClock(Fact):
    """What a clock said by itself. `unit`: who has the case, or whose `hand` it is; `due`: the end of the limit."""

    case: UUID
    clock: UUID
    state: Code
    due: datetime
    unit: UUID | None = None
    hand: UUID | None = None


@declare
class CaseWarned(OfClock):
    kind: ClassVar[str] = "case.warned"


@declare
class CaseOverdue(OfClock):
    kind: ClassVar[str] = "case.overdue"


@declare
class CaseEscalated(OfClock):
    """Overdue, and somebody else was told. `level`: from 1, as the text has them; 0: the fallback, a named person."""

    kind: ClassVar[str] = "case.escalated"
    level: int
    posts: list[UUID]


@declare
class CaseClockChanged(OfClock):
    """The calendar changed, so the end did."""

    kind: ClassVar[str] = "case.clock-changed"


@declare
class CasePutOff(OfClock):
    """The whole is due later than it `was`, for one of its parts is: a unit's (`hand`), or a case of its own (`part`)."""

    kind: ClassVar[str] = "case.put-off"
    was: datetime
    why: Code
    step: UUID
    part: UUID | None = None


@declare
class CaseRecused(Fact):
    """Somebody on duty stepped back for being near; with whom stays in the register of interests."""

    kind: ClassVar[str] = "case.recused"
    case: UUID
    state: Code

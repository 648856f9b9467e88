"""What happens to persons, posts and units. Ids only: never a name, a number or a door."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from shanzhi.foundation.journal.facts import Code, Fact, declare


@declare
class PersonRegistered(Fact):
    kind: ClassVar[str] = "person.registered"
    person: UUID
    synthetic: bool = False


@declare
class AccountChanged(Fact):
    """given, link-issued, password-set, closed, opened, second-factor-removed, renamed, linked: by whom stands beside it."""

    kind: ClassVar[str] = "account.changed"
    person: UUID
    what: Code


@declare
class PersonErased(Fact):
    """Every app that keeps values of this person removes them."""

    kind: ClassVar[str] = "person.erased"
    person: UUID


@declare
class UnitOpened(Fact):
    kind: ClassVar[str] = "unit.opened"
    unit: UUID
    key: Code
    level: Code


@declare
class UnitChanged(Fact):
    kind: ClassVar[str] = "unit.changed"
    unit: UUID
    key: Code


@declare
class UnitClosed(Fact):
    """On the day itself, also where it was decided earlier. The posts in it end right after, each with a fact of its own."""

    kind: ClassVar[str] = "unit.closed"
    unit: UUID
    key: Code
    successor: UUID | None = None
    parent: UUID | None = None


@declare
class PostAppointed(Fact):
    kind: ClassVar[str] = "post.appointed"
    post: UUID
    person: UUID
    unit: UUID
    role: Code
    place: UUID


@declare
class PostEnded(Fact):
    kind: ClassVar[str] = "post.ended"
    post: UUID
    person: UUID
    unit: UUID
    role: Code


@declare
class PostKept(Fact):
    """An end that lay ahead was taken back."""

    kind: ClassVar[str] = "post.kept"
    post: UUID
    person: UUID
    unit: UUID
    role: Code


@declare
class ConflictDeclared(Fact):
    """With whom or which unit stays in the register."""

    kind: ClassVar[str] = "conflict.declared"
    interest: UUID
    person: UUID

"""How a command says no. Doors turn these into pages and problem details; nothing below catches them silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

type_text = str | Promise  # a sentence for the person, translatable


class Refusal(Exception):
    """The command was not carried out and nothing was written."""

    status = 400
    code = "refused"

    def __init__(self, message: type_text, *, code: str | None = None, advice: type_text = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.code = code or type(self).code


class Invalid(Refusal):
    """What was sent cannot be used. `fields` names the place: {"words": ["…"]}."""

    status = 422
    code = "invalid"

    def __init__(self, fields: Mapping[str, Sequence[type_text]], message: type_text = "") -> None:
        first = next((texts[0] for texts in fields.values() if texts), "")
        super().__init__(message or first)
        self.fields = fields


class Denied(Refusal):
    """This actor may not do this."""

    status = 403
    code = "denied"


class NotFound(Refusal):
    """It does not exist, or this actor may not know that it does."""

    status = 404
    code = "not-found"


class Conflict(Refusal):
    """The thing has moved on since the actor looked at it."""

    status = 409
    code = "conflict"


class Boundary(Refusal):
    """A line of docs/boundaries.md. There is no switch that turns it off."""

    status = 403
    code = "boundary"

    def __init__(self, number: int, message: type_text, *, source: str) -> None:
        super().__init__(message, code=f"boundary-{number}", advice=source)
        self.number = number
        self.source = source


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of a check over text or a file: where it is, what is wrong, what to do."""

    where: str  # file:line:column, or sheet!cell, or row number
    message: str
    advice: str = ""
    level: str = "error"  # error | warning

    def __str__(self) -> str:
        tail = f" — {self.advice}" if self.advice else ""
        return f"{self.where}: {self.level}: {self.message}{tail}"

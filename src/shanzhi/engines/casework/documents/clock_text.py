"""The clock of a state as text: limit, warning, and who is told of its silence."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field

from shanzhi.foundation.calendar.clock import Limit, parse_limit
from shanzhi.foundation.playbook.kinds import Section
from shanzhi.foundation.playbook.texts import BilingualText
from shanzhi.foundation.playbook.wrong import Wrong

from .base import Key

Counts = Literal["urgent", "working-hours", "working-days", "natural-days"]
ClockWay = Literal["restart", "pause", "resume", "keep"]

WHOM = re.compile(r"^(role|unit):[a-z][a-z0-9-]*$")
AT_ONCE = re.compile(r"^0( *(minutes?|hours?|分钟|小时))?$")


def _whom(value: object) -> object:
    if isinstance(value, str) and not WHOM.match(value):
        raise Wrong(
            _("“{value}” names nobody who could be told.").format(value=value),
            _("Write role:<key> (who holds it over the place) or unit:<role> (in the unit that has the case)."),
        )
    return value


def _several(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


Whom = Annotated[str, BeforeValidator(_whom)]


class Escalate(Section):
    """`to`: all of them are told. `after`: how long after the end of the limit; left out or "0 minutes": at once."""

    after: str | None = None
    counts: Counts | None = None
    to: Annotated[tuple[Whom, ...], BeforeValidator(_several)] = Field(min_length=1)
    text: BilingualText

    @property
    def at_once(self) -> bool:
        return self.after is None or bool(AT_ONCE.match(self.after.strip()))

    def limit(self) -> Limit | None:
        """None: at once. LimitError if it cannot be read."""
        return None if self.at_once else parse_limit(self.after or "", self.counts)


class ClockText(Section):
    """limit: "30 minutes", "3 days", or "category" for the category's own; warn: percent of the limit.

    `until`: date fields of actions that lead here: where one is filled in, the clock ends with that day, never after the limit.
    """

    limit: str
    counts: Counts | None = None
    until: Annotated[tuple[Key, ...], BeforeValidator(_several)] = ()
    warn: int = Field(80, ge=1, le=99)
    escalates: tuple[Escalate, ...] = ()

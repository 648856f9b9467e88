"""A limit: how much time there is, and which time counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

Counts = Literal["urgent", "working-hours", "working-days", "natural-days"]
COUNTS: tuple[Counts, ...] = get_args(Counts)
MOST_DAYS = 3660
MOST_MINUTES = MOST_DAYS * 1440


class LimitError(ValueError):
    """The text is not a limit. There is never a default: a wrong limit would hold somebody to it."""

    def __init__(self, message: str | Promise, advice: str | Promise = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """`minutes` for urgent and working-hours, `days` for working-days and natural-days (0 natural days: today).

    `rolls`: a last natural day that is not worked moves to the next workday (Civil Code art. 203).
    """

    counts: Counts
    minutes: int = 0
    days: int = 0
    rolls: bool = False

    def __post_init__(self) -> None:
        if self.counts not in COUNTS:
            raise LimitError(
                format_lazy(_("“{counts}” is not a way of counting."), counts=self.counts),
                _("Use one of: urgent, working-hours, working-days, natural-days."),
            )
        amount, other, most = (
            (self.days, self.minutes, MOST_DAYS) if self.by_day else (self.minutes, self.days, MOST_MINUTES)
        )
        if other:
            raise LimitError(
                _("A limit is counted either in minutes or in days."),
                _("Give minutes with urgent and working-hours, days with working-days and natural-days."),
            )
        if not (0 if self.counts == "natural-days" else 1) <= amount <= most:
            raise LimitError(
                _("A limit must be more than nothing and at most ten years."),
                _("Check the number in front of the unit."),
            )
        if self.rolls and self.counts != "natural-days":
            raise LimitError(
                _("Only natural days can move to the next workday."),
                _("Leave “rolling” out: working days never end on a rest day."),
            )

    @property
    def by_day(self) -> bool:
        return self.counts.endswith("-days")

    def plus(self, more: Limit) -> Limit:
        """The limit after an extension. LimitError if the two are counted differently."""
        if more.counts != self.counts:
            raise LimitError(
                _("An extension must be counted like the limit that it extends."),
                _("Give it in the same unit: minutes or hours, working days, or natural days."),
            )
        return Limit(
            counts=self.counts, minutes=self.minutes + more.minutes, days=self.days + more.days, rolls=self.rolls
        )

    def __str__(self) -> str:
        """The text that `parse_limit` reads back: "30 minutes", "90 working minutes", "3 working days"."""
        match self.counts:
            case "urgent":
                return f"{self.minutes} minutes"
            case "working-hours":
                return f"{self.minutes} working minutes"
            case "working-days":
                return f"{self.days} working days"
        return "same day" if not self.days and not self.rolls else f"{self.days} natural days{' rolling' * self.rolls}"

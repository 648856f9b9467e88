"""inspections.yaml of a playbook: what is looked at, where, how often, in which hours, by whom."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from shanzhi.foundation.playbook.kinds import Section
from shanzhi.foundation.playbook.texts import BilingualText
from shanzhi.foundation.playbook.wrong import Wrong, near

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORDS = ("daily", "workdays")
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class Every(Section):
    days: int = Field(ge=2, le=366)
    from_: date


class Frequency(Section):
    """Exactly one of these. Written "daily" or "workdays", or with days: {weekly: [mon]}, {monthly: [1, 15]}."""

    daily: bool = False
    workdays: bool = False
    weekly: tuple[Day, ...] = ()
    monthly: tuple[Annotated[int, Field(ge=1, le=31)], ...] = ()
    every: Every | None = None

    @model_validator(mode="after")
    def _one(self) -> Frequency:
        if sum(map(bool, (self.daily, self.workdays, self.weekly, self.monthly, self.every))) != 1:
            raise Wrong(
                _("A frequency is one thing: daily, workdays, weekly, monthly or every so many days."),
                _("Write for example: {example}").format(example="{weekly: [mon, thu]}"),
            )
        return self


def _frequency(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value not in WORDS:
        raise Wrong(
            _("“{value}” is not a frequency.").format(value=value),
            near(value, WORDS) or _("Write for example: {example}").format(example="{weekly: [mon, thu]}"),
        )
    return {value: True}


class Window(Section):
    """Hours of the day, local. `until` after `from`: no round goes over midnight."""

    from_: str = Field(pattern=CLOCK)
    until: str = Field(pattern=CLOCK)

    @model_validator(mode="after")
    def _forward(self) -> Window:
        if self.until <= self.from_:
            raise Wrong(_("The hours end before they begin."), _("Write the earlier one at `from`."))
        return self

    def hours(self) -> tuple[time, time]:
        return time.fromisoformat(self.from_), time.fromisoformat(self.until)


class Item(Section):
    """`hazard`: the category of the case that a hazard found here opens."""

    key: Key
    title: BilingualText
    asks: BilingualText
    hazard: Key


class Standard(Section):
    """`holidays`, for days of the week or month that nobody works: keep them, skip them, or the next working day."""

    key: Key
    title: BilingualText
    applies_to: Literal["grid", "community"] = "grid"
    frequency: Annotated[Frequency, BeforeValidator(_frequency)]
    holidays: Literal["keep", "skip", "next"] = "keep"
    window: Window
    who: Key
    items: tuple[Item, ...] = Field(min_length=1, max_length=60)

    def item(self, key: str) -> Item | None:
        return next((one for one in self.items if one.key == key), None)


class Inspections(Section):
    """`procedure`: of the orders; `opens`: of the hazards."""

    procedure: Key = "inspection"
    opens: Key = "six-step"
    standards: tuple[Standard, ...]

    def standard(self, key: str) -> Standard | None:
        return next((one for one in self.standards if one.key == key), None)

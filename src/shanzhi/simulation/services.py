"""Commands of the simulation. Each is one transaction, with the actor as `by`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Denied, Invalid
from shanzhi.foundation.journal.services import append, command

from .facts import SimulationSet
from .models import State
from .queries import SPEEDS, may_set

ABOUT = UUID(int=1)  # the simulation of this installation


def pause(*, by: Actor) -> None:
    """The synthetic people stop where they are."""
    _change(by, paused=True)


def resume(*, by: Actor) -> None:
    _change(by, paused=False)


def set_speed(*, speed: int, by: Actor) -> None:
    """How many times faster than life the synthetic people act. Invalid for a speed that is not offered."""
    if speed not in SPEEDS:
        raise Invalid({"speed": [_("Please choose one of the speeds.")]})
    _change(by, speed=speed)


def remember_history(*, seed: str, at: datetime) -> None:
    State.objects.update_or_create(id=1, defaults={"history": at, "seed": seed})


def _change(by: Actor, **values: Any) -> None:
    if not may_set(by):
        raise Denied(
            _("Only those who hold a post for the whole city may pause the synthetic people or set their speed.")
        )
    with command("simulation.set", by=by):
        row, _made = State.objects.select_for_update().get_or_create(id=1)
        for name, value in values.items():
            setattr(row, name, value)
        row.by_id, row.at = by.person, now()
        row.save(update_fields=[*values, "by", "at"])
        append(SimulationSet(paused=row.paused, speed=row.speed), about=ABOUT, by=by)

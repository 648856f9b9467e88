"""That somebody stopped the synthetic city or let it go on."""

from __future__ import annotations

from typing import ClassVar

from shanzhi.foundation.journal.facts import Fact, declare


@declare
class SimulationSet(Fact):
    kind: ClassVar[str] = "simulation.set"
    paused: bool
    speed: int

"""Several units on one case, as text: what becomes of a unit's hand, and which clock runs in each of its stands."""

from __future__ import annotations

from typing import Literal

from shanzhi.foundation.playbook.kinds import Section

from .clock_text import ClockText

# take: the unit takes it up; work: something is told or changed, the stand stays; done, return: to the checker, to the desk;
# check: found good; redo: once more; drop: this unit is not needed. ask: help from the desk, which answers; wait: for somebody
# outside, whom one may press, and goes on. Its own clock stands meanwhile, that of the waiting runs.
Verb = Literal["take", "work", "done", "return", "check", "redo", "drop", "ask", "answer", "wait", "press", "go-on"]
When = Literal["hands-done", "children-closed"]


Stand = Literal["given", "taken", "done", "returned", "help", "outside"]
# Verb → how a part may stand for it; an action's `of` may name fewer.
FITS: dict[str, tuple[Stand, ...]] = {
    "take": ("given",), "work": ("taken",), "ask": ("taken",), "answer": ("help",), "wait": ("taken",), "press": ("outside",),
    "go-on": ("outside",), "done": ("taken",), "return": ("given", "taken"), "check": ("done",), "redo": ("done", "returned"),
    "drop": ("given", "taken", "help", "outside", "done", "returned"),
}  # fmt: skip


STANDS = ("given", "taken", "done", "returned", "help", "outside")


class HandsText(Section):
    """Clocks of one hand by its stand: given to the unit, taken up, done and to be checked, returned to the desk, help asked
    of the desk, waiting for somebody outside.
    """

    given: ClockText
    taken: ClockText
    done: ClockText
    returned: ClockText | None = None
    help: ClockText | None = None
    outside: ClockText | None = None

    def of(self, stand: str) -> ClockText | None:
        return getattr(self, stand) if stand in STANDS else None

    def clocks(self) -> dict[str, ClockText]:
        return {stand: text for stand in STANDS if (text := self.of(stand)) is not None}

"""Several units on one case, as text: what becomes of a unit's hand, and which clock runs in each of its stands."""

from __future__ import annotations

from typing import Literal

from shanzhi.foundation.playbook.kinds import Section

from .clock_text import ClockText

# take: the unit takes it up; work: something is told or changed, the stand stays; done, return: to the checker, to the desk;
# check: found good; redo: once more; drop: this unit is not needed.
Verb = Literal["take", "work", "done", "return", "check", "redo", "drop"]
When = Literal["hands-done", "children-closed"]


class HandsText(Section):
    """Clocks of one hand by its stand: given to the unit, taken up, done and to be checked, returned to the desk."""

    given: ClockText
    taken: ClockText
    done: ClockText
    returned: ClockText | None = None

    def of(self, stand: str) -> ClockText | None:
        return {"given": self.given, "taken": self.taken, "done": self.done, "returned": self.returned}.get(stand)

    def clocks(self) -> dict[str, ClockText]:
        return {stand: text for stand in ("given", "taken", "done", "returned") if (text := self.of(stand)) is not None}

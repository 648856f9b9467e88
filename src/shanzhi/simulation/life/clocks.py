"""What the clocks said in days that have passed, when they would have said it: nearly due, overdue, up the levels."""

from __future__ import annotations

from datetime import datetime, timedelta

from shanzhi.engines.casework import services as casework

from .world import World

EVERY = timedelta(hours=1)  # of the play; the job of living days looks each minute


class Clocks:
    def __init__(self, world: World) -> None:
        self.world = world

    def begin(self, until: datetime) -> None:
        at = self.world.now + EVERY
        while at <= until:
            self.world.at(at, self._look)
            at += EVERY

    def _look(self) -> None:
        """At this world's own matters: others pass their days beside it, each at its own pace."""
        if self.world.begun:
            with self.world.moment():
                while casework.tick(among=self.world.begun).more:
                    pass

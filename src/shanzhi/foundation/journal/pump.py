"""The process behind `shanzhi journal run`: sequences, delivers, seals, makes months; sleeps until a fact is committed.

Any number may run: the sequencer and the sealer take advisory locks, a cursor is one process's at a time.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from types import FrameType

from django.db import InterfaceError, OperationalError, connection

from .delivery import behind, deliver, ensure_cursors, sequence
from .partitions import make_partitions
from .sealing import CannotSeal, seal

log = logging.getLogger(__name__)
POLL = 1.0  # seconds; a notification wakes earlier, a pause after a failure ends without one
SLICE = 0.5
DAY = 86_400.0


class Pump:
    def __init__(self, *, only: list[str] | None = None, seal_every: float = 600, poll: float = POLL) -> None:
        """only: names of the subscribers to serve (all if None). seal_every: seconds; 0 never seals."""
        self.only, self.seal_every, self.poll = only, seal_every, poll
        self.stopped = threading.Event()
        self.listener = connection.copy()
        self.next_seal = time.monotonic() + seal_every
        self.next_months = 0.0

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """The batch at hand is finished first."""
        self.stopped.set()

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        pause = self.poll
        fresh = True
        while not self.stopped.is_set():
            try:
                if fresh:
                    self._listen()
                    ensure_cursors()
                    fresh, pause = False, self.poll
                if not self.round():
                    self._sleep()
            except (OperationalError, InterfaceError):
                log.warning("journal: the database is away; trying again in %.0f s", pause, exc_info=True)
                connection.close()
                self.listener.close()
                fresh = True
                self.stopped.wait(pause)
                pause = min(pause * 2, 30)
        self.listener.close()
        connection.close()

    def round(self) -> bool:
        """One look at everything there is to do. Answers whether there may be more at once."""
        more = bool(sequence())
        for each in behind(self.only):
            if self.stopped.is_set():
                return False
            more = deliver(each).again or more
        self._housekeeping()
        return more

    def _housekeeping(self) -> None:
        now = time.monotonic()
        if now >= self.next_months:
            self.next_months = now + DAY
            make_partitions()
        if self.seal_every and now >= self.next_seal:
            self.next_seal = now + self.seal_every
            try:
                seal()
            except CannotSeal:
                log.exception("journal: not sealed")

    def _listen(self) -> None:
        with self.listener.cursor() as cursor:
            cursor.execute("LISTEN journal")

    def _sleep(self) -> None:
        """Until a fact is committed, `poll` seconds are over, or a signal came (a wait is not cut short by one: hence the slices)."""
        raw, end = self.listener.connection, time.monotonic() + self.poll
        while not self.stopped.is_set() and (left := end - time.monotonic()) > 0:
            with self.listener.wrap_database_errors:
                if list(raw.notifies(timeout=min(left, SLICE), stop_after=1)):
                    return

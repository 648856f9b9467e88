"""Whatever a real person has touched is left to real people."""

from __future__ import annotations

import time
from collections.abc import Collection
from uuid import UUID

from shanzhi.engines.casework import queries as casework


class Guard:
    """`every`: seconds between looks at all open matters at once, for a past that is played through fast; None: before each
    deed. In between, a deed is refused by casework if anybody has acted meanwhile (`expect`).
    """

    def __init__(self, every: float | None = None) -> None:
        self.every = every
        self._real: set[UUID] = set()
        self._asked = 0.0

    def ours(self, id: UUID, others: Collection[UUID]) -> bool:
        """`others`: the open matters, to be looked at together where that is due."""
        if self.every is None:
            return not casework.with_real_people([id])
        if time.monotonic() - self._asked > self.every:
            self._real = casework.with_real_people({id, *others})
            self._asked = time.monotonic()
        return id not in self._real

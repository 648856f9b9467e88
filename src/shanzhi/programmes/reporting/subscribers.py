"""What reporting does when something was done elsewhere."""

from __future__ import annotations

from shanzhi.foundation.journal.subscribers import StoredFact, subscriber

from . import tally


@subscriber("report-tally", kinds=("case.opened", "case.acted"), clear=tally.clear)
def count(facts: list[StoredFact]) -> None:
    tally.follow(facts)

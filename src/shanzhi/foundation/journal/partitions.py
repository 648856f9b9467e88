"""Months ahead: facts always find the partition of their month waiting."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from .rows import select

AHEAD = timedelta(days=92)


def make_partitions(since: date | None = None, until: date | None = None) -> int:
    """Make the partitions of the months from `since` (this month) to `until` (three months on). Answers how many were new."""
    today = datetime.now(UTC).date()
    return select("SELECT journal_make_partitions(%s, %s)", [since or today, until or today + AHEAD])[0][0]

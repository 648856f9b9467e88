"""What a clock has to say by a moment. Changes the clock's marks; no statement but the calendar's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from shanzhi.engines.casework.documents import ClockText
from shanzhi.engines.casework.models import Clock, Reminder
from shanzhi.engines.casework.timing import Reader, hours_for
from shanzhi.foundation.calendar.clock import Limit, due

TRY_AGAIN = timedelta(hours=1)
# A state that names nobody: still nothing stays silent.
UNSAID = Limit(counts="working-days", days=1)
FALLBACK = -1


class Spoken(NamedTuple):
    kind: Reminder.Kind
    level: int = 0  # index in `escalates`; FALLBACK: the responsibility list's named person
    posts: tuple = ()


def speak(clock: Clock, text: ClockText, at: datetime, find: Callable[[int], tuple], read: Reader) -> list[Spoken]:
    """`find`: level → the posts to tell, FALLBACK → the named person's; empty where nobody holds one.

    A level without a holder goes up to the next, at the end to the fallback. Where that post is vacant too, it is tried
    again every hour until somebody holds it.
    """
    spoken = []
    while clock.next_at is not None and clock.next_at <= at:
        if clock.warned_at is None:
            clock.warned_at, clock.next_at = at, clock.due
            # Said together with "overdue" it would only be noise.
            spoken += [Spoken(Reminder.Kind.WARNED)] if at < clock.due else []
        elif clock.overdue_at is None:
            clock.overdue_at = at
            spoken.append(Spoken(Reminder.Kind.OVERDUE))
            clock.next_at = _moment(clock, text, 0, read)
        else:
            told = _told(clock, text, find)
            if told is None:
                clock.next_at = at + TRY_AGAIN
                break
            spoken.append(told)
            clock.escalated = len(text.escalates) if told.level == FALLBACK else told.level + 1
            clock.escalated = max(clock.escalated, 1)
            clock.next_at = _moment(clock, text, clock.escalated, read)
    return spoken


def _told(clock: Clock, text: ClockText, find: Callable[[int], tuple]) -> Spoken | None:
    for level in [*range(clock.escalated, len(text.escalates)), FALLBACK]:
        posts = find(level)
        if posts:
            return Spoken(Reminder.Kind.ESCALATED, level, posts)
    return None


def _moment(clock: Clock, text: ClockText, level: int, read: Reader) -> datetime | None:
    if level < len(text.escalates):
        after = text.escalates[level].limit()
    elif level == 0:
        after = UNSAID
    else:
        return None
    if after is None:
        return clock.due
    hours = hours_for(clock, read) if not clock.counts.startswith("urgent") else read(None, ())
    return due(clock.due, after, hours).at

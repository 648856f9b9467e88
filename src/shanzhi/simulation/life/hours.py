"""When people do things, in the city's own time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from shanzhi.foundation.calendar.clock import SHANGHAI
from shanzhi.simulation.city.crowd import Agent
from shanzhi.simulation.dice import dice

AWAKE = (time(7, 40), time(19, 0))
ABSENT = 0.03  # of days, per person: ill, on leave, at a meeting
# How many reports come in each hour of the day: little at night, most before noon and after work.
BY_HOUR = (1, 1, 0, 0, 1, 2, 5, 9, 12, 12, 11, 9, 6, 6, 9, 10, 9, 10, 12, 11, 9, 6, 4, 2)
BUSIEST = max(BY_HOUR)


def at_work(at: datetime, by: Random) -> datetime:
    """This moment, or the next morning if it is night."""
    local = at.astimezone(SHANGHAI)
    if AWAKE[0] <= local.time() < AWAKE[1]:
        return at
    day = local.date() + timedelta(days=local.time() >= AWAKE[1])
    return datetime.combine(day, AWAKE[0], SHANGHAI) + timedelta(minutes=by.uniform(0, 90))


def present(seed: str, agent: Agent, at: datetime) -> bool:
    return dice(seed, agent.key, at.astimezone(SHANGHAI).date()).random() >= ABSENT


def next_report(after: datetime, per_day: float, by: Random) -> datetime:
    """The next of a day's reports, more of them at busy hours (thinning)."""
    peak = per_day / sum(BY_HOUR) * BUSIEST  # reports an hour
    at = after
    while True:
        at += timedelta(hours=by.expovariate(peak))
        if by.random() * BUSIEST < BY_HOUR[at.astimezone(SHANGHAI).hour]:
            return at

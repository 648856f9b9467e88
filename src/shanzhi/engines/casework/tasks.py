"""Jobs: the tick of the clocks, the nightly look at ends that were provisional, and at posts that have ended."""

from __future__ import annotations

from procrastinate.contrib.django import app

from .handover import hand_over
from .ticking import recount_provisional, tick

MOST_ROUNDS = 200


@app.periodic(cron="* * * * *")
@app.task(name="casework.tick", queue="upkeep", queueing_lock="casework.tick", lock="casework.tick")
def tick_clocks(timestamp: int) -> None:
    for _round in range(MOST_ROUNDS):
        if not tick().more:
            break


@app.periodic(cron="5 16 * * *")  # 00:05 in Shanghai: posts that were given an end in advance
@app.task(name="casework.handover", queue="upkeep", queueing_lock="casework.handover")
def hand_over_ended(timestamp: int) -> None:
    hand_over()


@app.periodic(cron="40 18 * * *")  # 02:40 in Shanghai: Procrastinate counts in UTC
@app.task(name="casework.recount", queue="upkeep", queueing_lock="casework.recount")
def recount_clocks(timestamp: int) -> None:
    recount_provisional()

"""Jobs: keep the store clean."""

from __future__ import annotations

from procrastinate.contrib.django import app

from shanzhi.registers.evidence.cleaning import clean_orphans, clean_strays


@app.periodic(cron="17 * * * *")
@app.task(name="evidence.clean_orphans", queue="upkeep", queueing_lock="evidence.clean_orphans")
def orphans(timestamp: int) -> None:
    clean_orphans()


@app.periodic(cron="40 19 * * 6")  # Sunday 03:40 in Shanghai: Procrastinate counts in UTC
@app.task(name="evidence.clean_strays", queue="upkeep", queueing_lock="evidence.clean_strays")
def strays(timestamp: int) -> None:
    clean_strays()

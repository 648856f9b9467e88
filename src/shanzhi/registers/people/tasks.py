"""Jobs: units that close today and erasures whose thinking time is over."""

from __future__ import annotations

from procrastinate.contrib.django import app

from .services import close_due, erase_due


@app.periodic(cron="17 19 * * *")  # 03:17 in Shanghai: Procrastinate counts in UTC
@app.task(name="people.tidy", queue="people", queueing_lock="people.tidy")
def tidy(timestamp: int) -> None:
    erase_due()


@app.periodic(
    cron="1 16 * * *"
)  # 00:01 in Shanghai: the posts of a unit that closes today count no longer since midnight
@app.task(name="people.close-units", queue="people", queueing_lock="people.close-units")
def close_units(timestamp: int) -> None:
    close_due()

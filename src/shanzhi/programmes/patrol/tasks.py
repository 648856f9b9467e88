"""Jobs: the morning's orders, and what was missed. Times are local (see the worker's settings)."""

from __future__ import annotations

from procrastinate.contrib.django import app

from .services import generate, tell_missed


@app.periodic(cron="0 21 * * *")  # 05:00 in Shanghai: Procrastinate counts in UTC
@app.task(name="patrol.generate", queue="patrol", queueing_lock="patrol.generate")
def orders(timestamp: int) -> None:
    generate()


@app.periodic(cron="*/20 * * * *")
@app.task(name="patrol.missed", queue="patrol", queueing_lock="patrol.missed")
def missed(timestamp: int) -> None:
    tell_missed()

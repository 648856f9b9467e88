"""Jobs: send what waited long enough, and find what a dead worker left."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from shanzhi.doors.desk.pending import QUEUE, TASK, resume, run


@app.task(name=TASK, queue=QUEUE)
def send(pending: str) -> None:
    run(UUID(pending))


@app.periodic(cron="* * * * *")
@app.task(name="desk.resume", queue=QUEUE, queueing_lock="desk.resume")
def resume_lost(timestamp: int) -> None:
    resume()

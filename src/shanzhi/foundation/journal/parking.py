"""Facts that a subscriber could not digest: set aside with the error, listed, and tried again when someone says so."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from shanzhi.foundation.base.actor import SYSTEM

from .rows import StoredFact, between, select
from .scope import as_actor
from .subscription import subscriber_named

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parked:
    name: str
    position: int
    fact: UUID
    tries: int
    error: str
    parked: datetime


def describe(error: BaseException) -> str:
    """What failed and where. Not the message: a database's may quote a person's values; the log has it in full."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    where = f" at {Path(own[-1].filename).name}:{own[-1].lineno} in {own[-1].name}" if own else ""
    return f"{type(error).__name__}{where}"[:500]


def park(name: str, fact: StoredFact, tries: int, error: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_parked (name, position, fact_id, tries, error) VALUES (%s, %s, %s, %s, %s)",
            [name, fact.position, fact.id, tries, error],
        )


def parked(name: str | None = None) -> list[Parked]:
    columns = "name, position, fact_id, tries, error, parked"
    rows = select(
        f"SELECT {columns} FROM journal_parked WHERE %s::text IS NULL OR name = %s ORDER BY name, position",  # noqa: S608
        [name, name],
    )
    return [Parked(*row) for row in rows]


def retry(name: str | None = None) -> tuple[int, int]:
    """Give parked facts to their subscribers again, in order. Answers (digested, still parked)."""
    digested = failed = 0
    for each in parked(name):
        try:
            with transaction.atomic():
                digested += _again(each)
        except Exception as error:
            log.exception("journal: %s fails again at position %s", each.name, each.position)
            failed += 1
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE journal_parked SET tries = tries + 1, error = %s WHERE name = %s AND position = %s",
                    [describe(error), each.name, each.position],
                )
    return digested, failed


def _again(each: Parked) -> int:
    handle = subscriber_named(each.name).handle
    key: list[Any] = [each.name, each.position]
    if not select("SELECT 1 FROM journal_parked WHERE name = %s AND position = %s FOR UPDATE SKIP LOCKED", key):
        return 0
    with as_actor(SYSTEM):
        handle(between(each.position, each.position))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_parked WHERE name = %s AND position = %s", key)
    return 1

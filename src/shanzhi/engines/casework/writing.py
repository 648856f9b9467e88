"""One statement that moves a case: the case, its running clock, and every new row. Fewer round trips, one plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models

from .models import Case, Clock


def write(case: Case, changed: Iterable[str], rows: Sequence[models.Model], *, stop_clock: datetime | None) -> None:
    """`changed`: names of the case's fields to store; `rows`: unsaved rows of this app; `stop_clock`: when it stopped."""
    parts, values = [], []
    columns, given = _columns(case, changed)
    sets = ", ".join(f"{name} = {mark}" for name, mark in columns)
    parts.append(f"moved AS (UPDATE casework_case SET {sets} WHERE id = %s RETURNING 1)")  # noqa: S608 - columns are ours
    values += [*given, case.pk]
    if stop_clock:
        parts.append(
            "stopped AS (UPDATE casework_clock SET stopped = %s WHERE case_id = %s AND stopped IS NULL RETURNING 1)"
        )
        values += [stop_clock, case.pk]
    for number, row in enumerate(rows):
        # The one-running-clock index sees the old clock until it is stopped: the new one must wait for that.
        after = " WHERE (SELECT count(*) FROM stopped) >= 0" if stop_clock and isinstance(row, Clock) else ""
        sql, given = _insert(row, after)
        parts.append(f"new{number} AS ({sql})")
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT count(*) FROM moved", values)  # noqa: S608 - columns are ours


def insert(rows: Sequence[models.Model]) -> None:
    """New rows in one statement, without reading them back: row-level security may hide what a visitor just wrote."""
    made = [_insert(row) for row in rows]
    parts = ", ".join(f"new{number} AS ({sql})" for number, (sql, _) in enumerate(made[:-1]))
    last, values = made[-1][0], [value for _, given in made for value in given]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {parts} {last}" if parts else last, values)  # noqa: S608 - columns are ours


def _insert(row: models.Model, after: str = "") -> tuple[str, list[Any]]:
    columns, values = _columns(row, [field.name for field in row._meta.concrete_fields])
    names, marks = ", ".join(name for name, _ in columns), ", ".join(mark for _, mark in columns)
    return f"INSERT INTO {row._meta.db_table} ({names}) SELECT {marks}{after}", values  # noqa: S608


def _columns(row: models.Model, names: Iterable[str]) -> tuple[list[tuple[str, str]], list[Any]]:
    columns, values = [], []
    for name in names:
        field: Any = row._meta.get_field(name)
        value = field.get_db_prep_save(field.pre_save(row, True), connection)
        mark = field.get_placeholder(value, None, connection) if hasattr(field, "get_placeholder") else "%s"
        columns.append((f'"{field.column}"', mark))
        values.append(value)
    return columns, values

"""One statement that moves a case: the case, its running clock, and every new row. Fewer round trips, one plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from shanzhi.foundation.base.statements import ask

from .handing import Handed
from .models import Case, Clock, Hand
from .turning import STORED, Turn

LENGTH = re.compile(r"\(\d+\)")
# What these fields give to the driver as it is. Most values are such, and asking the field costs more than all else here.
PLAIN: dict[type[models.Field[Any, Any]], type] = {
    models.UUIDField: UUID, models.CharField: str, models.TextField: str, models.BooleanField: bool,
}  # fmt: skip
Given = tuple[Any, type | None]


def write(
    case: Case, changed: Iterable[str], rows: Sequence[models.Model], turn: Turn,
    also: Sequence[tuple[models.Model, list[str]]] = (), handed: Handed | None = None,
) -> None:  # fmt: skip
    """`changed`: names of the case's fields to store; `rows`: unsaved rows of this app; `also`: (stored row, its fields)."""
    rows, also = [*rows, *(handed.rows if handed else ())], [*also, *(handed.changed if handed else ())]
    parts = [_update("moved", case, changed)]
    parts += [_ended(case, turn)] if turn.running else []
    parts += [_hands_ended(handed, turn.at)] if handed and handed.ended else []
    # The one-running-clock index sees the old clock until it ends: what runs instead must wait for that.
    after = "(SELECT count(*) FROM ended) >= 0" if turn.running else "true"
    changes: list[tuple[models.Model, list[str], str]] = [(clock, STORED, after) for clock in turn.change]
    changes += [(row, names, _after(row, "true", handed) if isinstance(row, Clock) else "true") for row, names in also]
    lead = ""
    for n, (row, names, where) in enumerate(changes):
        if isinstance(row, Hand):
            # One leads at any moment, for the index too: who stops leading is written before who begins to.
            where, lead = lead or where, f"(SELECT count(*) FROM also{n}) >= 0"  # noqa: S608
        parts.append(_update(f"also{n}", row, names, where))
    for number, row in enumerate(rows):
        sql, given = _insert(row, f" WHERE {_after(row, after, handed)}" if isinstance(row, Clock) else "")
        parts.append((f"new{number} AS ({sql})", given))
    values = [value for _sql, given in parts for value in given]
    ask(f"WITH {', '.join(sql for sql, _ in parts)} SELECT count(*) FROM moved", values)  # noqa: S608


def _after(clock: Clock, after: str, handed: Handed | None) -> str:
    if not clock.hand_id:
        return after
    return "(SELECT count(*) FROM hands_ended) >= 0" if handed and handed.ended else "true"


def _hands_ended(handed: Handed, at: datetime) -> tuple[str, list[Any]]:
    column = "paused" if handed.paused else "stopped"
    which = " AND paused IS NULL" if handed.paused or handed.gone_on else ""
    sql = f"UPDATE casework_clock SET {column} = %s::timestamptz WHERE hand_id = ANY (%s::uuid[]) AND stopped IS NULL{which} RETURNING 1"  # noqa: S608
    return f"hands_ended AS ({sql})", [at, list(handed.ended)]


def _ended(case: Case, turn: Turn) -> tuple[str, list[Any]]:
    column = "paused" if turn.running == "pause" else "stopped"
    which = "" if turn.drop else " AND paused IS NULL"
    sql = f"UPDATE casework_clock SET {column} = %s::timestamptz WHERE case_id = %s::uuid AND hand_id IS NULL AND stopped IS NULL{which} RETURNING 1"  # noqa: S608
    return f"ended AS ({sql})", [turn.at, case.pk]


def _update(name: str, row: models.Model, fields: Iterable[str], where: str = "true") -> tuple[str, list[Any]]:
    given, sets = _sets(type(row), tuple(fields))
    sql = f"UPDATE {row._meta.db_table} SET {sets} WHERE id = %s::uuid AND {where} RETURNING 1"  # noqa: S608 - columns are ours
    return f"{name} AS ({sql})", [*_values(row, given), row.pk]


def insert(rows: Sequence[models.Model]) -> None:
    """New rows in one statement, without reading them back: row-level security may hide what a visitor just wrote."""
    made = [_insert(row) for row in rows]
    parts = ", ".join(f"new{number} AS ({sql})" for number, (sql, _) in enumerate(made[:-1]))
    last, values = made[-1][0], [value for _, given in made for value in given]
    ask(f"WITH {parts} {last}" if parts else last, values)


def _insert(row: models.Model, after: str = "") -> tuple[str, list[Any]]:
    fields, sql = _new(type(row))
    return f"{sql}{after}", _values(row, fields)


def _values(row: models.Model, fields: Iterable[Given]) -> list[Any]:
    connection = transaction.get_connection()
    found = []
    for field, plain in fields:
        value = field.pre_save(row, True)
        kept = value is None or type(value) is plain
        found.append(value if kept else field.get_db_prep_save(value, connection))
    return found


@cache
def _sets(model: type[models.Model], names: tuple[str, ...]) -> tuple[list[Given], str]:
    fields, columns = _marks(model, names)
    return fields, ", ".join(f"{column} = {mark}" for column, mark in columns)


@cache
def _new(model: type[models.Model]) -> tuple[list[Given], str]:
    fields, columns = _marks(model, [field.name for field in model._meta.concrete_fields])
    names, marks = ", ".join(name for name, _ in columns), ", ".join(mark for _, mark in columns)
    return fields, f"INSERT INTO {model._meta.db_table} ({names}) SELECT {marks}"  # noqa: S608 - columns are ours


def _marks(model: type[models.Model], names: Iterable[str]) -> tuple[list[Given], list[tuple[str, str]]]:
    """Each value with its type: the statement is prepared, and the server could not tell it from an empty one."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    # Without its length: a cast to varchar(60) would cut off in silence what the column refuses.
    columns = [(f'"{field.column}"', f"%s::{LENGTH.sub('', field.db_type(connection))}") for field in fields]
    return [(field, PLAIN.get(type(getattr(field, "target_field", field)))) for field in fields], columns

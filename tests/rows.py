"""Rows straight into their tables, however many and of however many kinds, in one round trip."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model


def write(*kinds: Iterable[Model]) -> None:
    """Rows of one model in each; what they refer to may come later, but within this call."""
    parts, values = [], []
    written: list[Model] = []
    for rows in (list(one) for one in kinds):
        if not rows:
            continue
        written += rows
        table = connection.ops.quote_name(rows[0]._meta.db_table)
        columns = ", ".join(connection.ops.quote_name(field.column) for field in rows[0]._meta.concrete_fields)
        parts.append(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, %s)"
        )
        values.append(
            json.dumps(
                [{field.column: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows],
                cls=DjangoJSONEncoder,
            )
        )
    with connection.cursor() as cursor:
        cursor.execute("; ".join(parts), values)
    for row in written:
        row._state.adding, row._state.db = False, "default"  # to save one is to change it

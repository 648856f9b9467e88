"""A queryset whose SQL is made once and run often: for the few statements that every command and page needs.

Django makes the SQL of a queryset anew each time, which for a case with all that its permissions need takes longer than
the database takes to answer. Here the queryset is built with marks in place of its values; later only values change, and the
database keeps the plan (statements.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from psycopg import ClientCursor

from .statements import ask

M = TypeVar("M", bound=Model)
MARK = UUID("00000000-0000-7000-8000-a55e55ab1e00")
WRITTEN = re.compile(f"'({MARK.hex[:-2]}[0-9a-f]{{2}})'::uuid")


class Compiled(Generic[M]):
    """`build(*marks)` gives the queryset; each of its values is a UUID. Calling with the values gives the rows, as a list.

    `select_related` and `annotate` work; `prefetch_related`, `values`, `defer` and values inside lists do not.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], values: int = 1) -> None:
        self.build, self.marks = build, [UUID(int=MARK.int + number) for number in range(values)]
        self._made: _Made | None = None

    def __call__(self, *values: UUID) -> list[M]:
        if self._made is None:
            self._made = _Made(self.build(*self.marks))
        made, given = self._made, dict(zip(self.marks, values, strict=True))
        return [made.read(row) for row in ask(made.sql, [given[one] for one in made.order])]

    def first(self, *values: UUID) -> M | None:
        return next(iter(self(*values)), None)


def _opened(sql: str, params: tuple[Any, ...]) -> tuple[str, list[UUID]]:
    """The statement with its constants written in, as Django itself sends them, open only where a mark stood; and which mark where."""
    connection.ensure_connection()
    text = ClientCursor(connection.connection).mogrify(sql, params).replace("%", "%%")
    order = [UUID(found) for found in WRITTEN.findall(text)]
    return WRITTEN.sub("%s::uuid", text), order


class _Made:
    """The SQL, and how Django would read its rows (django.db.models.query.ModelIterable)."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.order = _opened(*compiler.as_sql())
        select, info = compiler.select, compiler.klass_info
        fields = info["select_fields"]
        self.model, self.begin, self.end = info["model"], fields[0], fields[-1] + 1
        self.names = [one[0].target.attname for one in select[self.begin : self.end]]
        self.related = get_related_populators(info, select, connection.alias)  # type: ignore[call-arg]  # of a later Django
        self.annotations = dict(compiler.annotation_col_map or {})
        self.converters = compiler.get_converters([one[0] for one in select])

    def read(self, row: tuple[Any, ...]) -> Any:
        values = list(row)
        for position, (convert, expression) in self.converters.items():
            for one in convert:
                values[position] = one(values[position], expression, connection)
        found = self.model.from_db(connection.alias, self.names, values[self.begin : self.end])
        for one in self.related:
            one.populate(values, found)
        for name, position in self.annotations.items():
            setattr(found, name, values[position])
        return found

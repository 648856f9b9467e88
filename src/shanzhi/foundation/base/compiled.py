"""A queryset whose SQL is made once and run often: for the few statements that every command and page needs.

Django makes the SQL of a queryset anew each time, which for a case with all that its permissions need takes longer than
the database takes to answer. Here the queryset is built with marks in place of its values; later only values change, and the
database keeps the plan (statements.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from psycopg import ClientCursor

from .moment import now
from .statements import ask

M = TypeVar("M", bound=Model)
MARK = UUID("00000000-0000-7000-8000-a55e55ab0000")
MOMENT = datetime(9000, 1, 1, tzinfo=UTC)  # in place of the present moment
NUMBER, TEXT = 84215040.0, "-a55e55ab-"
WRITTEN = re.compile(
    rf"'({MARK.hex[:-4]}[0-9a-f]{{4}})'::uuid|('{re.escape(str(MOMENT))}'::timestamptz)|({NUMBER:.0f}\.\d+)|'({TEXT}\d+)'"
    rf"|\(ARRAY\['({TEXT}\d+)'\]\)::varchar\(\d+\)\[\]"
)
TYPES = ("uuid", "timestamptz", "float8", "text", "varchar[]")
Mark = UUID | datetime | float | str
_keeping: ContextVar[bool] = ContextVar("a statement to be kept is put together", default=False)


class Compiled(Generic[M]):
    """`build(*marks)` gives the queryset; each of its values is a UUID. Calling with the values gives the rows, as a list.

    `select_related`, `annotate` and `defer` of the model itself work; `prefetch_related` and `values` do not.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], values: int = 1) -> None:
        self.build, self.marks = build, [mark(number) for number in range(values)]
        self._made: _Made | None = None

    def __call__(self, *values: UUID) -> list[M]:
        if self._made is None:
            self._made = _Made(self.build(*self.marks))
        return self._made.rows(dict(zip(self.marks, values, strict=True)))

    def first(self, *values: UUID) -> M | None:
        return next(iter(self(*values)), None)


class Kept:
    """Statements that differ in shape, made once for each: `key` says all that the text of one depends on, `values` what stands
    in place of its marks. The most recent ones are kept, `most` of them.
    """

    def __init__(self, most: int = 300) -> None:
        self.most = most
        self._made: dict[Hashable, Any] = {}

    def rows(self, key: Hashable, build: Callable[[], QuerySet[Any]], values: Mapping[Mark, Any]) -> list[Any]:
        """Rows of a queryset, as models; no statement where Django knows that there are none."""
        made = self._made.get(key) or self._keep(key, lambda: _Made(build()))
        return made.rows(values) if made else []

    def peeks(self, key: Hashable, build: Callable[[], QuerySet[Any]], values: Mapping[Mark, Any]) -> list[Peek]:
        """Rows of a queryset of which few will be wanted as models."""
        made = self._made.get(key) or self._keep(key, lambda: _Made(build()))
        return [Peek(made, row) for row in made.asked(values)] if made else []

    def answers(
        self, key: Hashable, build: Callable[[], tuple[str, tuple[Any, ...]]], values: Mapping[Mark, Any]
    ) -> list[tuple[Any, ...]]:
        """Rows of a statement that was written by hand, or put together."""
        made = self._made.get(key) or self._keep(key, lambda: _opened(*build()))
        return ask(made[0], [values[one] for one in made[1]])

    def _keep(self, key: Hashable, make: Callable[[], Any]) -> Any:
        token = _keeping.set(True)
        try:
            made = make()
        except EmptyResultSet:
            return None
        finally:
            _keeping.reset(token)
        while len(self._made) >= self.most:
            self._made.pop(next(iter(self._made)), None)
        self._made[key] = made
        return made


class Peek:
    """A row that is not a model yet: `peek["attname"]` is a column of it as the database gave it, `read()` makes the model."""

    __slots__ = ("_made", "_row")

    def __init__(self, made: _Made, row: tuple[Any, ...]) -> None:
        self._made, self._row = made, row

    def __getitem__(self, name: str) -> Any:
        return self._row[self._made.at[name]]

    def read(self) -> Any:
        return self._made.read(self._row)


class Whole:
    """A model that stands where a peek may."""

    __slots__ = ("_found",)

    def __init__(self, found: Any) -> None:
        self._found = found

    def __getitem__(self, name: str) -> Any:
        return getattr(self._found, name)

    def read(self) -> Any:
        return self._found


def moment() -> datetime:
    """For a queryset that is built both to be kept and to be asked at once: the mark, or what time it is."""
    return MOMENT if _keeping.get() else now()


def mark(number: int) -> UUID:
    return UUID(int=MARK.int + number)


def number_mark(number: int) -> float:
    return NUMBER + (number + 1) / 1024


def text_mark(number: int) -> str:
    """In place of a text; as the only item of a list, in place of a list of texts."""
    return f"{TEXT}{number}"


def _opened(sql: str, params: tuple[Any, ...]) -> tuple[str, list[Mark]]:
    """The statement with its constants written in, as Django itself sends them, open only where a mark stood; and which mark where."""
    connection.ensure_connection()
    text = ClientCursor(connection.connection).mogrify(sql, params).replace("%", "%%")
    order = [_mark_of(found) for found in WRITTEN.finditer(text)]
    return WRITTEN.sub(lambda found: f"%s::{TYPES[(found.lastindex or 1) - 1]}", text), order


def _mark_of(found: re.Match[str]) -> Mark:
    id, moment, number, text, texts = found.groups()
    return UUID(id) if id else MOMENT if moment else float(number) if number else text or texts


class _Made:
    """The SQL, and how Django would read its rows (django.db.models.query.ModelIterable)."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.order = _opened(*compiler.as_sql())
        self.alias = connection.alias
        select, info = compiler.select, compiler.klass_info
        fields = info["select_fields"]
        self.model, self.begin, self.end = info["model"], fields[0], fields[-1] + 1
        # A dict, as the model looks for each of its fields in it.
        self.names = dict.fromkeys(one[0].target.attname for one in select[self.begin : self.end])
        self.at = {name: self.begin + n for n, name in enumerate(self.names)}
        self.related = get_related_populators(info, select, self.alias)  # type: ignore[call-arg]  # of a later Django
        self.annotations = dict(compiler.annotation_col_map or {})
        self.converters = compiler.get_converters([one[0] for one in select])

    def rows(self, values: Mapping[Mark, Any]) -> list[Any]:
        return [self.read(row) for row in self.asked(values)]

    def asked(self, values: Mapping[Mark, Any]) -> list[tuple[Any, ...]]:
        return ask(self.sql, [values[one] for one in self.order])

    def read(self, row: tuple[Any, ...]) -> Any:
        values = list(row)
        for position, (convert, expression) in self.converters.items():
            for one in convert:
                values[position] = one(values[position], expression, connection)
        found = self.model.from_db(self.alias, self.names, values[self.begin : self.end])
        for one in self.related:
            one.populate(values, found)
        for name, position in self.annotations.items():
            setattr(found, name, values[position])
        return found

"""The back-end for many rows at once: guarded PostgreSQL. Values travel as parameters, never inside the text.

Every yes/no that is emitted is TRUE or FALSE, never NULL; NULL stands only for a missing number, text, date or set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from . import tree
from .schema import Schema
from .visitor import Backend

CASTS = {"int": "bigint", "bool": "boolean", "text": "text", "choice": "text", "date": "date", "set": "text[]"}


class Sql(NamedTuple):
    text: str  # with %s for each parameter, as psycopg and Django take it
    params: list[Any]

    def __format__(self, _: str) -> str:
        raise TypeError("parts of SQL are joined with their parameters, see glue()")


def glue(*parts: str | Sql) -> Sql:
    params: list[Any] = []
    for part in parts:
        if isinstance(part, Sql):
            params += part.params
    return Sql("".join(part.text if isinstance(part, Sql) else part for part in parts), params)


def joined(sign: str, parts: Iterable[Sql]) -> Sql:
    first, *rest = parts
    return glue(first, *(piece for part in rest for piece in (sign, part)))


class ToSql(Backend[Sql]):
    """`columns`: field name → SQL of a column of the field's type, trusted text of the caller with % doubled."""

    def __init__(self, columns: Mapping[str, str]) -> None:
        self.columns = columns

    def Literal(self, node: tree.Literal) -> Sql:
        return Sql(f"%s::{CASTS[node.type]}", [node.value])

    def FieldValue(self, node: tree.FieldValue) -> Sql:
        if node.name not in self.columns:
            raise ValueError(f"no column is given for the field {node.name!r}")
        column = f"({self.columns[node.name]})::{CASTS[node.type]}"
        field = node.field
        match node.type:
            case "int":
                return Sql(
                    f"CASE WHEN {column} BETWEEN %s::bigint AND %s::bigint THEN {column} END", [field.least, field.most]
                )
            case "date":  # PostgreSQL knows infinity and years that other back-ends don't
                return Sql(f"CASE WHEN {column} BETWEEN '0001-01-01' AND '9999-12-31' THEN {column} END", [])
            case "set":
                return Sql(f"array_remove({column}, NULL)", [])
        return Sql(column, [])

    def Arithmetic(self, node: tree.Arithmetic) -> Sql:
        left, right = self.emit(node.left), self.emit(node.right)
        if node.op == "%":
            return glue("mod(", left, ", ", right, ")")
        # Integer division cuts towards zero; as the left side is never negative, that is down.
        return glue("(", left, f" {node.op.replace('//', '/')} ", right, ")")

    def Extreme(self, node: tree.Extreme) -> Sql:
        parts = [self.emit(part) for part in node.parts]
        value = glue("LEAST(" if node.op == "min" else "GREATEST(", joined(", ", parts), ")")
        # LEAST ignores NULL: a missing amount would then earn the whole cap.
        loose = [sql for part, sql in zip(node.parts, parts, strict=True) if part.nullable]
        return glue("CASE WHEN num_nulls(", joined(", ", loose), ") = 0 THEN ", value, " END") if loose else value

    def DaysBetween(self, node: tree.DaysBetween) -> Sql:
        return glue("(", self.emit(node.last), " - ", self.emit(node.first), ")::bigint")

    def Count(self, node: tree.Count) -> Sql:
        part = self.emit(node.part)
        counted = glue("(SELECT count(DISTINCT one) FROM unnest(", part, ") AS one)")
        return glue("CASE WHEN ", part, " IS NOT NULL THEN ", counted, " END")

    def Compare(self, node: tree.Compare) -> Sql:
        parts = [self.emit(part) for part in node.parts]
        pairs = []
        for index, op in enumerate(node.ops):
            sign = {"==": "=", "!=": "<>"}.get(op, op)
            pairs.append(glue("(", parts[index], f" {sign} ", parts[index + 1], ")"))
        return self.two_valued(joined(" AND ", pairs), *node.parts)

    def Among(self, node: tree.Among) -> Sql:
        cast = CASTS[node.options[0].type]
        sign = "<> ALL" if node.negated else "= ANY"
        options = Sql(f"%s::{cast}[]", [[option.value for option in node.options]])
        return self.two_valued(glue(self.emit(node.part), f" {sign}(", options, ")"), node.part)

    def Member(self, node: tree.Member) -> Sql:
        part, whole = self.emit(node.part), self.emit(node.whole)
        test = glue(part, " <> ALL(" if node.negated else " = ANY(", whole, ")")
        if node.part.nullable:  # NULL <> ALL of an empty set is true
            test = glue("(", part, " IS NOT NULL AND ", test, ")")
        return self.two_valued(test, node.part, node.whole)

    def two_valued(self, test: Sql, *parts: tree.Node) -> Sql:
        loose = any(part.nullable for part in parts)
        return glue("COALESCE(", test, ", FALSE)") if loose else glue("(", test, ")")

    def Truth(self, node: tree.Truth) -> Sql:
        return glue("COALESCE(", self.emit(node.part), ", FALSE)")

    def Logic(self, node: tree.Logic) -> Sql:
        return glue("(", joined(f" {node.op.upper()} ", [self.emit(part) for part in node.parts]), ")")

    def Not(self, node: tree.Not) -> Sql:
        return glue("(NOT ", self.emit(node.part), ")")

    def Present(self, node: tree.Present) -> Sql:
        return glue("(", self.emit(node.part), " IS NOT NULL)")

    def Default(self, node: tree.Default) -> Sql:
        return glue("COALESCE(", self.emit(node.part), ", ", self.emit(node.fallback), ")")

    def Choose(self, node: tree.Choose) -> Sql:
        return glue(
            "CASE WHEN ", self.emit(node.condition), " THEN ", self.emit(node.yes), " ELSE ", self.emit(node.no), " END"
        )


JSON_COLUMNS = {
    # A number with a fraction, a text in the place of a number, a day that no calendar has: missing, as in the closure.
    "int": "CASE WHEN jsonb_typeof({value}) = 'number' AND {text} ~ '^-?[0-9]{{1,18}}$' THEN ({text})::bigint END",
    "bool": "CASE WHEN jsonb_typeof({value}) = 'boolean' THEN ({text})::boolean END",
    "text": "CASE WHEN jsonb_typeof({value}) = 'string' THEN {text} END",
    "date": "CASE WHEN jsonb_typeof({value}) = 'string' AND {text} ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$' "
    "AND pg_input_is_valid({text}, 'date') THEN ({text})::date END",
    "set": "CASE WHEN jsonb_typeof({value}) = 'array' THEN ARRAY(SELECT one #>> '{{}}' FROM jsonb_array_elements({value}) "
    "AS one WHERE jsonb_typeof(one) = 'string') END",
}


def json_columns(schema: Schema, column: str = "data") -> dict[str, str]:
    """Columns for facts kept as JSON: every field of the schema read from this jsonb column, wrong types as missing."""
    # Field names are identifiers (see Schema), so they hold no quote.
    return {
        name: JSON_COLUMNS["text" if field.type == "choice" else field.type].format(
            value=f"({column} -> '{name}')", text=f"({column} ->> '{name}')"
        )
        for name, field in schema.items()
    }

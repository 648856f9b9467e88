"""The schema, rows and table that the language is tried on, and random typed expressions over them."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction
from hypothesis import strategies as st

from shanzhi.foundation.language.services import Field, Schema

SCHEMA = Schema(
    {
        "stars": Field("int", {"zh-hans": "评分", "en": "stars"}),
        "amount": Field("int", least=0, most=10_000),
        "huge": Field("int", least=-(2**63 - 1), most=2**63 - 1),
        "urgent": Field("bool", {"zh-hans": "紧急", "en": "urgent"}),
        "满意": Field("bool"),
        "words": Field("text"),
        "category": Field(
            "choice",
            {"zh-hans": "类别", "en": "category"},
            choices={"cover": {"zh-hans": "井盖", "en": "manhole cover"}, "tree": {"zh-hans": "树木", "en": "tree"}},
        ),
        "opened": Field("date", {"zh-hans": "上报日", "en": "day of report"}),
        "closed": Field("date"),
        "tags": Field("set", {"zh-hans": "标签", "en": "tags"}),
    }
)
COLUMNS = {
    "stars": "f.stars", "amount": "f.amount", "huge": "f.huge", "urgent": "f.urgent", "满意": "f.happy", "words": "f.words",
    "category": "f.category", "opened": "f.opened", "closed": "f.closed", "tags": "f.tags",
}  # fmt: skip
TYPES = ["bigint", "integer", "bigint", "boolean", "boolean", "text", "varchar(40)", "date", "date", "text[]"]
TEXTS = ["", "cover", "tree", "Cover", "井盖", "𠮷", "a'b", "%s", "100%", "e\u0301", "é", "{}", "NULL"]

numbers = st.one_of(
    st.integers(-12, 12), st.sampled_from([10**9, -(10**9), 10**9 + 1, 2**62, 10_000, 10_001, 2**31 - 1])
)
texts = st.sampled_from(TEXTS)
dates = st.one_of(
    st.dates(date(2026, 1, 1), date(2026, 1, 9)), st.sampled_from([date.min, date.max, date(2024, 2, 29)])
)


def maybe(values):
    return st.one_of(st.none(), values)


rows = st.fixed_dictionaries(
    {
        "stars": maybe(numbers),
        "amount": maybe(numbers.filter(lambda n: abs(n) < 2**31)),
        "huge": maybe(st.one_of(numbers, st.sampled_from([2**63 - 1, -(2**63 - 1), -(2**63)]))),
        "urgent": maybe(st.booleans()),
        "满意": maybe(st.booleans()),
        "words": maybe(texts),
        "category": maybe(texts),
        "opened": maybe(dates),
        "closed": maybe(dates),
        "tags": maybe(st.lists(maybe(texts), max_size=4)),
    }
)


def quoted(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'


written = texts.map(quoted)
some_date = dates.map(lambda d: f'date("{d:%Y-%m-%d}")' if d.year > 999 else 'date("0001-01-01")')


@st.composite
def bools(draw, deep=3):
    kinds = ["field", "literal", "present"] if deep <= 0 else ["field", "present", "compare", "compare", "logic", "logic", "not", "in", "member", "equal", "dates", "choose", "default"]  # fmt: skip
    below = bools(deep=deep - 1)
    match draw(st.sampled_from(kinds)):
        case "field":
            return draw(st.sampled_from(["urgent", "满意"]))
        case "literal":
            return draw(st.sampled_from(["true", "false"]))
        case "present":
            return f"present({draw(st.sampled_from(list(SCHEMA)))})"
        case "compare":
            parts = draw(st.lists(ints(deep=deep - 1), min_size=2, max_size=3))
            signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
            return "(" + parts[0] + "".join(f" {draw(signs)} {part}" for part in parts[1:]) + ")"
        case "logic":
            return (
                "(" + draw(st.sampled_from([" and ", " or "])).join(draw(st.lists(below, min_size=2, max_size=3))) + ")"
            )
        case "not":
            return f"(not {draw(below)})"
        case "in":
            options = draw(st.lists(written, min_size=1, max_size=3))
            return f"({draw(plain(deep - 1))} {draw(st.sampled_from(['in', 'not in']))} [{', '.join(options)}])"
        case "member":
            return f"({draw(plain(deep - 1))} {draw(st.sampled_from(['in', 'not in']))} tags)"
        case "equal":
            sign = draw(st.sampled_from(["==", "!="]))
            return draw(
                st.sampled_from(
                    [f"({draw(plain(0))} {sign} {draw(plain(deep - 1))})", f"({draw(below)} {sign} {draw(below)})"]
                )
            )
        case "dates":
            return (
                f"({draw(days(deep - 1))} {draw(st.sampled_from(['<', '<=', '==', '!=', '>']))} {draw(days(deep - 1))})"
            )
        case "choose":
            return f"({draw(below)} if {draw(below)} else {draw(below)})"
    return f"default({draw(st.sampled_from(['urgent', '满意']))}, {draw(below)})"


@st.composite
def ints(draw, deep=3):
    kinds = ["field", "literal"] if deep <= 0 else ["field", "arithmetic", "arithmetic", "extreme", "divide", "choose", "default", "days", "count", "minus"]  # fmt: skip
    below = ints(deep=deep - 1)
    match draw(st.sampled_from(kinds)):
        case "field":
            return draw(st.sampled_from(["stars", "amount", "huge"]))
        case "literal":
            return str(draw(st.integers(-20, 20)))
        case "arithmetic":
            return f"({draw(below)} {draw(st.sampled_from(['+', '-', '*']))} {draw(below)})"
        case "extreme":
            return (
                f"{draw(st.sampled_from(['min', 'max']))}({', '.join(draw(st.lists(below, min_size=2, max_size=3)))})"
            )
        case "divide":
            return f"(max(0, {draw(below)}) {draw(st.sampled_from(['//', '%']))} {draw(st.integers(1, 9))})"
        case "choose":
            return f"({draw(below)} if {draw(bools(deep=deep - 1))} else {draw(below)})"
        case "default":
            return f"default({draw(st.sampled_from(['stars', 'amount', 'huge']))}, {draw(below)})"
        case "days":
            return f"days_between({draw(days(deep - 1))}, {draw(days(deep - 1))})"
        case "count":
            return "count(tags)"
    return f"(-{draw(below)})"


@st.composite
def plain(draw, deep=1):
    """A text that may be missing."""
    if deep > 0 and draw(st.booleans()):
        one, other = draw(plain(deep - 1)), draw(plain(deep - 1))
        return draw(st.sampled_from([f"({one} if {draw(bools(deep=0))} else {other})", f"default(words, {other})"]))
    return draw(st.sampled_from(["words", "category"]))


@st.composite
def days(draw, deep=1):
    if deep > 0 and draw(st.booleans()):
        one, other = draw(days(deep - 1)), draw(days(deep - 1))
        return draw(
            st.sampled_from(
                [f"min({one}, {other})", f"({one} if {draw(bools(deep=0))} else {other})", f"default(closed, {other})"]
            )
        )
    return draw(st.one_of(st.sampled_from(["opened", "closed"]), some_date))


def put_rows(found: list[dict]) -> None:
    """A temporary table `f` of these rows, in order."""
    names = [column.removeprefix("f.") for column in COLUMNS.values()]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS f")
        columns = ", ".join(f"{name} {kind}" for name, kind in zip(names, TYPES, strict=True))
        cursor.execute(f"CREATE TEMPORARY TABLE f (at int, {columns})")
        cursor.executemany(
            f"INSERT INTO f VALUES (%s{', %s' * len(names)})",
            [[at, *(row[name] for name in COLUMNS)] for at, row in enumerate(found)],
        )


def select(text: str, params: list) -> list:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {text} FROM f ORDER BY at", params)
        return [row[0] for row in cursor.fetchall()]

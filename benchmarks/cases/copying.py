"""The SQL that multiplies cases: one INSERT … SELECT a table, over `bench_copy`, which says what each copy differs in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

ID = """CREATE OR REPLACE FUNCTION bench_id(old uuid, n int, earlier interval) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN uuid_extract_version(old) = 7 THEN
        (lpad(to_hex((extract(epoch FROM uuid_extract_timestamp(old) - earlier) * 1000)::bigint), 12, '0')
         || '7' || substr(hash, 1, 3) || '8' || substr(hash, 4, 15))::uuid ELSE hash::uuid END
    FROM (SELECT md5(old::text || n) AS hash) made $$"""
# As casework.number does it: the id's last 62 bits to the base of 29; five digits, or one more where they are taken.
NUMBER = """CREATE OR REPLACE FUNCTION bench_number(id uuid, at timestamptz, digits int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE tail text := '';
    rest bigint := ('x' || right(replace(id::text, '-', ''), 16))::bit(64)::bigint & ((1::bigint << 62) - 1);
BEGIN
    FOR i IN 1..digits LOOP
        tail := tail || substr('23456789ACDEFGHJKMNPQRTUVWXYZ', (rest % 29)::int + 1, 1);
        rest := rest / 29;
    END LOOP;
    RETURN 'YX-' || to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYMMDD') || '-' || tail;
END $$"""
STAGE = """CREATE TABLE bench_copy (n int PRIMARY KEY, source uuid, earlier interval, place uuid, lon float8, lat float8,
    words text, spot text, grams varchar(2)[], person uuid, id uuid, number text)"""
COLUMNS = ("n", "source", "earlier", "place", "lon", "lat", "words", "spot", "grams", "person")
NAMES = (
    "UPDATE bench_copy SET id = bench_id(source, n, earlier)",
    """UPDATE bench_copy c SET number = bench_number(c.id, k.opened_at - c.earlier, 5)
       FROM casework_case k WHERE k.id = c.source""",
    """UPDATE bench_copy c SET number = bench_number(c.id, k.opened_at - c.earlier, 7)
       FROM casework_case k, (SELECT n, row_number() OVER (PARTITION BY number ORDER BY n) AS nth FROM bench_copy) t
       WHERE k.id = c.source AND t.n = c.n AND (t.nth > 1 OR EXISTS (SELECT FROM casework_case had WHERE had.number = c.number))""",
)
MADE = "bench_id({}, c.n, c.earlier)"


@dataclass(frozen=True)
class Copy:
    """`case`: the pattern's id, as an expression over the table's row t; `change`: columns that are not just copied."""

    table: str
    case: str = "t.case_id"
    change: dict[str, str] = field(default_factory=dict)
    also: str = ""

    def run(self, db: Any) -> None:
        """Ids are made anew, moments are `earlier`, and what refers to the case refers to the copy."""
        columns = db.execute(
            "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = %s", [self.table]
        ).fetchall()
        names = [name for name, _kind in columns]
        values = [self._value(name, kind) for name, kind in columns]
        quoted = ", ".join(f'"{name}"' for name in names)
        db.execute(
            f"INSERT INTO {self.table} ({quoted}) SELECT {', '.join(values)} FROM {self.table} t {self.also} "
            f"JOIN bench_copy c ON c.source = {self.case} ORDER BY c.n"
        )

    def _value(self, name: str, kind: str) -> str:
        if name in self.change:
            return self.change[name]
        if name == "id":
            return MADE.format("t.id")
        if name == "case_id":
            return "c.id"
        return f't."{name}" - c.earlier' if kind == "timestamptz" else f't."{name}"'


STEP = {"step_id": MADE.format("t.step_id")}
# Names of ids in a fact's data that belong to the case: steps and the like. Units and categories stay.
DATA = f"""t.data || jsonb_build_object('case', c.id)
    || CASE WHEN t.data ? 'step' THEN jsonb_build_object('step', {MADE.format("(t.data->>'step')::uuid")}) ELSE '{{}}' END"""
COPIES = (
    Copy(
        "casework_case", "t.id",
        {name: f"c.{name}" for name in ("id", "number", "lon", "lat", "words", "spot", "grams")}
        | {"place_id": "c.place", "reporter_party": MADE.format("t.reporter_party")},
    ),
    Copy("casework_step"),
    Copy("casework_clock", change={
        "counted_by": "replace(t.counted_by::text, (SELECT place_id::text FROM casework_case WHERE id = t.case_id), c.place::text)::jsonb",
    }),
    Copy("casework_party", change={"person_id": "c.person"}),
    Copy("evidence_file", "f.case_id", {"by_person": "c.person"}, also="JOIN casework_file f ON f.file_id = t.id"),
    Copy("casework_file", change=STEP | {"file_id": MADE.format("t.file_id")}),
    Copy("casework_rating", change=STEP),
    Copy("casework_rejection", change=STEP),
    Copy("journal_fact", "t.about", {
        "about": "c.id", "place": "c.place", "data": DATA, "recorded": "t.at - c.earlier",
        "person": "CASE WHEN t.post IS NULL THEN c.person ELSE t.person END",
    }),
    Copy("journal_receipt", "r.id", {
        "key": "'case:' || c.id", "result": "jsonb_build_object('case', c.id)",
    }, also="JOIN casework_case r ON t.key = 'case:' || r.id AND t.command = 'case.open'"),
)  # fmt: skip
POSITIONS = """INSERT INTO journal_position (position, fact_id, recorded)
    SELECT coalesce((SELECT max(position) FROM journal_position), 0) + row_number() OVER (ORDER BY recorded, id), id, recorded
    FROM journal_fact f WHERE NOT EXISTS (SELECT FROM journal_position p WHERE p.fact_id = f.id)"""


def copy_all(db: Any) -> None:
    """After `bench_copy` was filled: names for the copies, then all that hangs from the patterns."""
    for statement in NAMES:
        db.execute(statement)
    for one in COPIES:
        began = time.monotonic()
        one.run(db)
        print(f"  {one.table}: {time.monotonic() - began:.0f} s", flush=True)
    db.execute(POSITIONS)
    db.execute("DELETE FROM journal_unsequenced")


@contextmanager
def without_indexes(db: Any) -> Iterator[None]:
    """Building an index over many rows at once is far quicker than row by row."""
    tables = [one.table for one in COPIES]
    held = db.execute(
        """SELECT c.oid::regclass::text, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
           WHERE i.indrelid = ANY (%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid)""",
        [tables],
    ).fetchall()
    for name, _definition in held:
        db.execute(f"DROP INDEX {name}")
    yield
    for _name, definition in held:
        db.execute(definition.replace(" ON ONLY ", " ON "))

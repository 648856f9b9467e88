"""Every hostile case has one right answer, and every back-end gives it."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from language_world import SCHEMA, select
from ruamel.yaml import YAML

from shanzhi.foundation.language.services import ExpressionError, compile_expression, json_columns

CASES = YAML(typ="safe").load((Path(__file__).parent / "corpus.yaml").read_text(encoding="utf-8"))
GOOD = [case for case in CASES if "gives" in case]
BAD = [case for case in CASES if "error" in case]


def plain(value):
    return value.isoformat() if isinstance(value, date) else value


def test_each_case_says_what_is_right():
    assert len(GOOD) + len(BAD) == len(CASES) > 180


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case["expression"])
def test_closure(case):
    expression = compile_expression(case["expression"], SCHEMA, wants=case.get("wants", "bool"))
    for fact, right in case["gives"]:
        value = plain(expression.closure(fact))
        assert (type(value), value) == (type(right), right), fact


@pytest.mark.django_db
def test_postgresql():
    columns = json_columns(SCHEMA, "f.data")
    for case in GOOD:
        expression = compile_expression(case["expression"], SCHEMA, wants=case.get("wants", "bool"))
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS f")
            cursor.execute("CREATE TEMPORARY TABLE f (at int, data jsonb)")
            rows = [[at, json.dumps(fact)] for at, (fact, _) in enumerate(case["gives"])]
            cursor.executemany("INSERT INTO f VALUES (%s, %s)", rows)
        found = [plain(value) for value in select(*expression.sql(columns))]
        assert found == [right for _, right in case["gives"]], case["expression"]


@pytest.mark.parametrize("case", BAD, ids=lambda case: case["expression"])
def test_refused_with_place_and_advice(case):
    with pytest.raises(ExpressionError) as caught:
        compile_expression(case["expression"], SCHEMA, wants=case.get("wants", "bool"))
    error = caught.value
    with translation.override("en"):
        assert str(error.message).startswith(case["error"])
        assert str(error.advice)
    with translation.override("zh-hans"):
        assert not str(error.message).startswith(case["error"]), "not translated"
        assert str(error.advice)
    assert 0 <= error.position <= len(case["expression"])
    assert error.column == case.get("column", error.column)
    assert error.line == case.get("line", error.line)
    assert error.shown().endswith("^")

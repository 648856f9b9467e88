"""The closure and PostgreSQL give the same value for every random expression and every row, missing values included."""

import json

import pytest
from django.db import connection
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from language_world import COLUMNS, SCHEMA, bools, days, ints, plain, put_rows, rows, select

from shanzhi.foundation.language.services import ExpressionError, compile_expression, json_columns
from tries import tries

pytestmark = pytest.mark.property
TRIED = {"bool": bools(), "int": ints(), "text": plain(2), "date": days(2)}
HARD = settings(tries(60), suppress_health_check=list(HealthCheck))


@st.composite
def expressions(draw):
    wants = draw(st.sampled_from(list(TRIED)))
    text = draw(TRIED[wants])
    try:
        return compile_expression(text, SCHEMA, wants=wants)
    except ExpressionError as error:
        event(str(error.message))
        return None


@pytest.mark.django_db
@HARD
@given(st.lists(expressions(), min_size=8, max_size=12), st.lists(rows, min_size=6, max_size=12))
def test_both_back_ends_agree(found, facts):
    put_rows(facts)
    for expression in filter(None, found):
        want = [expression.closure(fact) for fact in facts]
        assert select(*expression.sql(COLUMNS)) == want, expression.text
        if expression.type == "bool":
            assert all(type(value) is bool for value in want)
        if expression.type == "int":
            low, high = expression.bounds
            assert all(value is None or low <= value <= high for value in want)
        if not expression.nullable:
            assert None not in want


anything = st.one_of(
    st.none(), st.booleans(), st.integers(-20, 20), st.floats(-9, 9), st.sampled_from(["", "cover", "2026-01-02", "2026-02-30", "0000-01-01", "5"]),
    st.lists(st.sampled_from(["cover", 1, None, "tree"]), max_size=3), st.just({"a": 1}),
)  # fmt: skip


@pytest.mark.django_db
@HARD
@given(
    st.lists(expressions(), min_size=4, max_size=6),
    st.lists(st.dictionaries(st.sampled_from(list(SCHEMA)), anything), min_size=4, max_size=8),
)
def test_facts_in_json_agree_whatever_they_hold(found, facts):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS f")
        cursor.execute("CREATE TEMPORARY TABLE f (at int, data jsonb)")
        cursor.executemany("INSERT INTO f VALUES (%s, %s)", [[n, json.dumps(fact)] for n, fact in enumerate(facts)])
    columns = json_columns(SCHEMA, "f.data")
    for expression in filter(None, found):
        assert select(*expression.sql(columns)) == [expression.closure(fact) for fact in facts], expression.text

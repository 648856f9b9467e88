import pytest
from django.db import DatabaseError, connection, transaction

from shanzhi.foundation.base.statements import ask

pytestmark = pytest.mark.django_db


def test_a_statement_after_one_that_failed():
    with pytest.raises(DatabaseError), transaction.atomic():
        ask("SELECT 1 / %s::int", [0])
    assert ask("SELECT 7 / %s::int", [7]) == [(1,)]


def test_the_rows_of_one_are_not_those_of_the_next():
    first = ask("SELECT n FROM generate_series(1, %s::int) n", [3])
    assert ask("SELECT 'one', %s::text", ["two"]) == [("one", "two")]
    assert first == [(1,), (2,), (3,)]
    assert connection.connection.shanzhi_prepared.pgresult is None, "rows that were read are let go"


def test_many_values_and_a_sign_of_the_statement_s_own():
    marks, values = ", ".join(["%s::int"] * 80), list(range(80))
    assert ask(f"SELECT 'half: 50%%', ARRAY[{marks}]", values) == [("half: 50%", values)]

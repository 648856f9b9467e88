from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation


@pytest.fixture
def sql_of() -> Callable:
    """The statements a block sends that it would also send outside of a test's own transaction."""

    @contextmanager
    def capture() -> Iterator[list[str]]:
        found: list[str] = []
        with CaptureQueriesContext(connection) as captured:
            yield found
        sent = [query["sql"] for query in captured.captured_queries]
        own = ("SAVEPOINT", "RELEASE", "ROLLBACK TO", "SELECT set_config('shanzhi.actor', '', true)")
        found += [sql for sql in sent if not sql.startswith(own)]

    return capture


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield

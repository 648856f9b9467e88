"""Cases that hang together: each page leads to the other, and only to what the reader may see."""

from __future__ import annotations

from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services


def page(client, case):
    return client.get(reverse("desk:case", args=[case.id]))


def linked(client, case):
    groups = page(client, case).context["related"]
    return {row["case"].id for _heading, rows in groups for row in rows}


def test_joined_cases_lead_to_each_other(report, yuxi, client_for):
    first, second, third = report(), report(), report()
    for one in (second, third):
        services.join(case=one.id, into=first.id, by=yuxi.actor("陈静"))
    desk = client_for("陈静")
    assert linked(desk, first) == {second.id, third.id}
    assert linked(desk, second) == {first.id}
    assert f'href="../{first.id}/"' in page(desk, second).content.decode()


def test_parent_and_children_lead_to_each_other(report, client_for):
    parent = report()
    child = report(parent=parent.id, id=uuid4())
    desk = client_for("陈静")
    assert linked(desk, parent) == {child.id}
    assert linked(desk, child) == {parent.id}


def test_what_the_reader_may_not_see_is_not_named(report, yuxi, do):
    first = report()
    hidden = report(subject_unit=yuxi.units["city-housing"].id)
    services.join(case=hidden.id, into=first.id, by=yuxi.actor("陈静"))
    do(first, "registration", "陈静", category="manhole-cover")
    do(first, "dispatch", "陈静", unit="city-housing")
    seen = casework.access_case(first.id, by=yuxi.actor("赵强"))
    assert casework.related(seen, yuxi.actor("赵强")) == []
    assert [(how, one.id) for how, one in casework.related(seen, yuxi.actor("陈静"))] == [("joined", hidden.id)]


def test_many_relatives_cost_two_statements(report, yuxi):
    first, by = report(), yuxi.actor("陈静")
    for _n in range(6):
        services.join(case=report().id, into=first.id, by=by)
    casework.related(first, by)
    with CaptureQueriesContext(connection) as seen:
        assert len(casework.related(first, by)) == 6
    assert len(seen) == 2


def test_several_cases_at_once_are_only_those_that_may_be_seen(report, yuxi):
    mine, hidden = report(), report(subject_unit=yuxi.units["city-housing"].id)
    ids = [hidden.id, mine.id, uuid4(), mine.id]
    assert [one.id for one in casework.access_cases(ids, by=yuxi.actor("陈静"))] == [hidden.id, mine.id]
    assert casework.access_cases(ids, by=yuxi.actor("何敏")) == []

"""A county of 975 grids gets its orders in seconds, and in as many statements as a village."""

from __future__ import annotations

import logging
import time
from datetime import UTC, date, datetime, timedelta

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast_places import SINCE, SOUTH, WEST
from shanzhi.engines.casework.models import Case, Clock, Step
from shanzhi.engines.casework.replay import replay_state
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.programmes.patrol import services
from shanzhi.programmes.patrol.models import Order
from shanzhi.programmes.reporting import queries as reporting
from shanzhi.registers.people.models import Post
from shanzhi.registers.places import revision, store
from shanzhi.registers.places.levels import Level
from shanzhi.registers.places.models import Place

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 3)


def statements(run) -> int:
    with CaptureQueriesContext(connection) as sql:
        run()
    return len(sql)


def test_many_grids_cost_as_many_statements_as_few(guiyang, settings):
    settings.SHANZHI_TERRITORY_SECONDS = 3600  # on a slow machine the question after changes falls into one of the two
    services.generate(TUESDAY, place_path=guiyang.city.west.path)  # what the process reads once
    few = statements(lambda: services.generate(TUESDAY, place_path=guiyang.city.willow_1.path))
    many = statements(lambda: services.generate(TUESDAY, place_path=guiyang.city.east.path))
    assert Order.objects.filter(day=TUESDAY).count() == 8
    assert many == few <= 20


def test_made_at_once_they_are_as_if_made_one_by_one(guiyang):
    services.generate(TUESDAY)
    for order in Order.objects.select_related("case"):
        case, steps = order.case, list(Step.objects.filter(case=order.case_id).order_by("seq"))
        said = replay_state(case.id)
        assert (said.state, said.unit, said.closed, said.steps) == (case.state, case.unit_id, False, len(steps))
        assert case.touched == len(steps)
        clocks = Clock.objects.filter(case=case)
        assert [clock.state for clock in clocks.filter(stopped=None)] == [case.state]
        assert clocks.count() == len(steps)
        assert case.due_at == clocks.get(stopped=None).due
        kinds = [fact.kind for fact in facts_about(case.id)]
        assert kinds == ["case.opened", *["case.acted"] * (len(steps) - 1), "patrol.ordered"]
    assert len({case.number for case in Case.objects.all()}) == 8


def test_what_nobody_did_lapses_and_says_so(guiyang, clock):
    services.generate(TUESDAY)
    clock.shift(timedelta(days=1))
    again = services.generate(TUESDAY + timedelta(days=1))
    assert again.opened == 8
    old = Order.objects.filter(day=TUESDAY).select_related("case")
    assert {order.case.state for order in old} == {"lapsed"}
    assert all(facts_about(order.case_id)[-1].kind == "case.closed" for order in old)
    assert not Clock.objects.filter(case__in=[order.case_id for order in old], stopped=None).exists()


def test_rounds_are_nobodys_report(guiyang):
    services.generate(TUESDAY)
    run_once("report-tally")
    assert reporting.figures(guiyang.city.city.path, datetime.now(UTC)).open == 0


@pytest.mark.slow
def test_a_county_of_975_grids_takes_seconds(guiyang, clock):
    grids = 967  # and the eight of the small city
    town = store.Draft(Level.COMMUNITY, "990101002099", "大社区居委会", "990101002", boundary=box(0, 10, 40, 35))
    drafts = [
        store.Draft(
            Level.GRID, f"990101002099{n:03d}", f"大社区{n}网格", "990101002099", True, "", box(n % 40, 10 + n // 40)
        )
        for n in range(1, grids + 1)
    ]
    street = Place.objects.get(code="990101002")
    store.create([town, *drafts], on=SINCE, known={street.code: (street.id, street.path)})
    revision.bump()
    county = Place.objects.filter(until=None, level="grid")
    assert county.count() == 975
    worker = guiyang.posts["张伟"]
    Post.objects.bulk_create(
        Post(person_id=worker.person_id, unit_id=worker.unit_id, role="grid-worker", place=grid, since=SINCE)
        for grid in county.filter(code__startswith="990101002099")
    )
    took = []
    for day in (TUESDAY, TUESDAY + timedelta(days=1)):  # the second day all of the first lapse
        begun = time.perf_counter()
        made = services.generate(day)
        took.append(time.perf_counter() - begun)
        assert made.opened == 975
        clock.shift(timedelta(days=1))
    logging.getLogger(__name__).info("975 orders: %.1f s; with as many that lapse: %.1f s", *took)
    assert took[0] < 20, took  # 6 s and 11 s on two busy cores
    assert took[1] < 40, took


def box(column: int, row: int, columns: int = 1, rows: int = 1) -> shapely.Polygon:
    side, west, south = 0.001, WEST + 1, SOUTH + 1
    x, y = west + column * side, south + row * side
    return shapely.box(x, y, x + columns * side, y + rows * side)

"""Pages of one case and of the grid cost the same, however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanzhi.engines.casework import services as casework

pytestmark = pytest.mark.django_db


def cost(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_a_long_story_costs_no_more(yuxi, assigned, client_for):
    case, client = assigned(), client_for("张伟")
    short = cost(client, f"/worker/tasks/{case.id}/")
    for n in range(4):
        casework.act(case=case.id, action="progress", by=yuxi.actor("张伟"), fields={"note": f"进展 {n}"})
    assert cost(client, f"/worker/tasks/{case.id}/") <= short


@pytest.mark.parametrize("page", ["grid/", "grid/points.json", "day/"])
def test_a_busy_grid_costs_no_more(yuxi, reported, assigned, client_for, page):
    client = client_for("张伟")
    reported(), assigned()
    few = cost(client, f"/worker/{page}")
    for _ in range(3):
        reported(), assigned()
    assert cost(client, f"/worker/{page}") <= few

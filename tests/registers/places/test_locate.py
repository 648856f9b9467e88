"""From a point to its grid."""

import json

import numpy as np
import pytest
import shapely
from django.utils import translation

from cast_places import SIDE, SOUTH, WEST, small_city
from shanzhi.registers.places import datum, queries, revision
from shanzhi.registers.places.models import Place

pytestmark = pytest.mark.django_db


def test_point_in_grid():
    city = small_city()
    found = queries.locate(WEST + 0.001, SOUTH + 0.001)
    assert found.grid.id == city.willow_1.id
    assert found.metres == 0
    assert queries.locate(*datum.to_gcj02(WEST + 0.001, SOUTH + 0.001), datum="gcj02").grid.id == city.willow_1.id


def test_on_a_border_one_and_many_agree():
    city = small_city()
    corner = (WEST + SIDE, SOUTH + 0.002)
    assert queries.locate(*corner).grid.id == queries.locate_many(np.array([corner]))[0].id == city.willow_2.id


def test_outside_the_nearest_community_is_offered():
    city = small_city()
    found = queries.locate(WEST - 0.01, SOUTH + 0.015)
    assert found.grid is None
    assert found.nearest.id == city.river.id
    assert found.metres == pytest.approx(0.01 * 111_195 * np.cos(np.radians(SOUTH + 0.015)), rel=0.01)


def test_no_territory_and_nonsense():
    revision.forget()
    assert queries.locate(102.5, 24.35) == queries.Located(None, None, float("inf"))
    small_city()
    for lon, lat in ((float("nan"), 24), (999, 24), (24, 102)):
        assert queries.locate(lon, lat).grid is None
    assert list(queries.locate_many(np.array([[np.nan, 1], [WEST + 0.001, SOUTH + 0.001]])))[0] is None


def test_many_agree_with_one():
    small_city()
    points = np.random.default_rng(1).uniform((WEST - 0.01, SOUTH - 0.01), (WEST + 0.04, SOUTH + 0.03), (500, 2))
    many = queries.locate_many(points)
    assert [grid.id if grid else None for grid in many] == [
        located.grid.id if located.grid else None for located in (queries.locate(*point) for point in points)
    ]


def test_reloads_when_territory_changes(django_assert_num_queries):
    city = small_city()
    queries.locate(WEST + 0.001, SOUTH + 0.001)
    with django_assert_num_queries(0):
        queries.locate(WEST + 0.001, SOUTH + 0.001)
    Place.objects.filter(id=city.willow_1.id).update(until="2026-01-01")
    revision.bump()
    assert queries.locate(WEST + 0.001, SOUTH + 0.001).grid is None


def test_neighbours_share_a_line_not_a_corner():
    city = small_city()
    assert [place.name for place in queries.neighbours(city.willow.id)] == [city.peach.name, city.river.name]
    assert [place.id for place in queries.neighbours(city.peach.id)] == [city.willow.id, city.bridge.id]


def test_map_payload_is_small_and_labelled():
    city = small_city()
    grids = list(queries.subtree(city.city, level="grid"))
    with translation.override("en"):
        found = queries.boundary_geojson([grid.id for grid in grids], zoom=14)
    assert [feature["properties"]["code"] for feature in found["features"]] == sorted(grid.code for grid in grids)
    assert all(feature["properties"]["synthetic"] for feature in found["features"])
    assert found["features"][0]["properties"]["name"] == "柳林社区 · Grid\u00a01"
    assert len(json.dumps(found, ensure_ascii=False)) < 500 * len(grids)
    shape = shapely.from_geojson(json.dumps(found["features"][0]["geometry"]))
    assert shape.equals(queries.boundary(grids[0].id))


def test_outlines_that_follow_from_made_up_grids_are_made_up():
    city = small_city()
    shown = [city.by_code["990101001"].id, city.willow.id]
    assert queries.boundary_geojson(shown)["made_up"]
    assert not queries.boundary_geojson([city.east.id])["made_up"]
    Place.objects.filter(level__in=["grid", "microgrid"], path__startswith=city.east.path).update(synthetic=False)
    assert not queries.boundary_geojson(shown)["made_up"]
    assert queries.boundary_geojson([city.river.id])["made_up"]


def test_where_both_claim_a_point_the_citys_own_grid_has_it():
    city = small_city()
    Place.objects.filter(id=city.willow_2.id).update(synthetic=False)
    revision.bump()
    corner = (WEST + SIDE / 2, SOUTH + 0.002)
    assert queries.locate(*corner).grid.id == queries.locate_many(np.array([corner]))[0].id == city.willow_2.id

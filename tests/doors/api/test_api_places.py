"""Places for pickers: by name, by position, as outlines."""

from __future__ import annotations

import pytest

from cast_places import SIDE, SOUTH, WEST, middle


def test_search_by_name_and_landmark_free_text(city, client):
    rows = client.get("/api/places", {"q": "柳林"}).json()["places"]
    assert any(row["name"].startswith("柳林社区") for row in rows)
    assert all({"id", "name", "detail", "lon", "lat"} <= row.keys() for row in rows)
    assert client.get("/api/places").json() == {"places": []}
    assert client.get("/api/places", {"q": "'; DROP TABLE"}).json() == {"places": []}


def test_here_names_the_grid_or_offers_the_nearest_community(city, client):
    lon, lat = middle(city.willow_2)
    inside = client.get("/api/places/here", {"lon": lon, "lat": lat}).json()
    assert inside["place"]["id"] == str(city.willow_2.id)
    outside = client.get("/api/places/here", {"lon": WEST - SIDE, "lat": SOUTH + SIDE / 2}).json()
    assert outside["place"] is None
    assert outside["nearest"]["id"] == str(city.willow.id)
    assert 900 < outside["metres"] < 1100
    far = client.get("/api/places/here", {"lon": 116.4, "lat": 39.9}).json()
    assert (far["place"], far["nearest"]) == (None, None)
    assert far["detail"]


@pytest.mark.parametrize(
    "query", [{}, {"lon": "x", "lat": "1"}, {"lon": "nan", "lat": "1"}, {"lon": "200", "lat": "1"}]
)
def test_here_refuses_what_is_no_position(city, client, query):
    answer = client.get("/api/places/here", query)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


def test_outlines_are_geojson(city, client):
    every = client.get("/api/places/outline").json()
    assert {row["properties"]["level"] for row in every["features"]} == {"street"}
    lon, lat = middle(city.willow)
    near = client.get("/api/places/outline", {"lon": lon, "lat": lat}).json()
    assert {row["properties"]["level"] for row in near["features"]} == {"grid"}

"""A city's own grids in and out."""

import copy
import json
from datetime import date

import pytest
from django.utils import translation
from shapely.geometry import mapping

from cast_places import SIDE, SOUTH, WEST, small_city, square
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.refusals import Denied, Invalid
from shanzhi.foundation.journal import queries as journal
from shanzhi.registers.places import queries, services
from shanzhi.registers.places.models import Lineage, Place

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def city():
    return small_city()


def own(city):
    """The east county with grids of its own: each community in one piece, apart from 柳林 in three."""
    rows = [("990101001001", k + 1, square(k / 3, 0, 1 / 3)) for k in range(3)]
    rows += [("990101001002", 1, square(1, 0)), ("990101002001", 1, square(2, 0))]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": f"{code}1{number:02d}", "name": f"自有网格{number}", "parent": code},
                "geometry": mapping(shape),
            }
            for code, number, shape in rows
        ],
    }


def problems(document, **options):
    with translation.override("en"):
        report = services.import_grids(geojson=document, by=SYSTEM, **options)
    assert report.ok == (not report.problems)
    assert not (report.written and report.problems)
    return [f"{problem.where}: {problem.message}" for problem in report.problems]


def test_own_grids_replace_synthetic_ones(city):
    report = services.import_grids(geojson=own(city), by=SYSTEM, on=DAY)
    assert report.problems == []
    assert (report.rows, report.created, report.ended, report.kept, report.written) == (5, 5, 6, 0, True)
    grids = list(queries.subtree(city.east, level="grid"))
    assert [grid.name for grid in grids] == ["自有网格1", "自有网格2", "自有网格3", "自有网格1", "自有网格1"]
    assert not any(grid.synthetic for grid in grids)
    assert {place.id for place in queries.successors(city.willow_1.id)} == {grids[0].id, grids[1].id}
    micro = city.by_code["99010100100100101"]
    assert queries.place(micro.id).until == DAY
    assert {place.id for place in queries.successors(micro.id)} == {grids[0].id, grids[1].id}
    assert queries.locate(WEST + SIDE * 0.9, SOUTH + 0.001).grid.id == grids[2].id
    assert queries.boundary(city.willow.id).equals(square(0, 0))
    assert queries.subtree(city.west, level="grid").count() == 2
    [fact] = journal.facts_about(city.city.id)
    assert (fact.kind, fact.data["created"], fact.data["ended"]) == ("place.grids-imported", 5, 18)


def test_dry_run_writes_nothing(city):
    before = Place.objects.count()
    report = services.import_grids(geojson=own(city), by=SYSTEM, dry_run=True)
    assert report.ok
    assert (report.created, report.ended, report.written) == (5, 6, False)
    assert (Place.objects.count(), Lineage.objects.count()) == (before, 0)


@pytest.mark.parametrize("datum", ["wgs84", "gcj02"])
def test_out_and_in_again_keeps_every_grid(city, datum, tmp_path):
    file = tmp_path / "grids.geojson"
    file.write_text(
        json.dumps(queries.export_grids(under=city.city, datum=datum), ensure_ascii=False), encoding="utf-8"
    )
    report = services.import_grids(geojson=file, by=SYSTEM, datum=datum)
    assert report.problems == []
    assert (report.created, report.ended, report.kept) == (0, 0, 8)


def test_only_what_changed_is_replaced(city):
    document = queries.export_grids(under=city.east)
    document["features"][0]["properties"]["name"] = "柳林小区网格"
    report = services.import_grids(geojson=document, by=SYSTEM, on=DAY)
    assert (report.created, report.ended, report.kept) == (1, 1, 5)
    assert queries.by_code(city.willow_1.code).name == "柳林小区网格"
    assert queries.by_code(city.willow_1.code, date(2026, 2, 1)).id == city.willow_1.id


def spoil(document, index, **changes):
    document = copy.deepcopy(document)
    feature = document["features"][index]
    feature["geometry"] = changes.pop("geometry", feature["geometry"])
    feature["properties"] |= changes
    return document


def test_each_fault_is_reported_by_row(city):
    good = own(city)
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    assert "row 5 (990101002001101): The polygon is invalid: Self-intersection[0.5 0.5]" in problems(
        spoil(good, 4, geometry=bow)
    )
    [overlap] = problems(spoil(good, 4, geometry=mapping(square(1.9, 0, 1.1))))
    assert overlap.startswith("row 5 (990101002001101): It overlaps row 4 (990101001002101) by 11")
    [gap] = problems(spoil(good, 3, geometry=mapping(square(1.1, 0, 0.9))))
    assert "belong to no grid" in gap
    [orphan] = problems(spoil(good, 1, parent="990101001999"))
    assert orphan == "row 2 (990101001001102): No community has the code 990101001999, so this grid belongs nowhere."
    assert "row 3 (990101001001101): Row 1 has the same code." in problems(spoil(good, 2, code="990101001001101"))
    assert any("outside 东城区" in text for text in problems(spoil(good, 4, geometry=mapping(square(2, 0, 3)))))
    assert problems(spoil(good, 0, code=city.river_1.code)) == [
        f"row 1 ({city.river_1.code}): 河口村第一网格 already has this code."
    ]
    assert Place.objects.filter(until=None, level="grid").count() == 8


def test_a_hole_is_a_gap_of_any_width(city):
    document = spoil(own(city), 3, geometry=mapping(square(1, 0).difference(square(1.5, 0.5, 0.01, 0.01))))
    [gap] = problems(document)
    assert gap.startswith("row 4 (990101001002101): Beside it")
    assert "belong to no grid" in gap


def test_a_community_left_out(city):
    document = own(city)
    del document["features"][4]
    found = problems(document)
    assert any("石桥社区居委会 has no grid in the file" in text for text in found)
    assert any("belong to no grid" in text for text in found)


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"{",
        b"[]",
        b'{"type":"FeatureCollection"}',
        b'{"type":"FeatureCollection","features":[]}',
        b"\xff\xfe",
        "/nowhere",
    ],
)
def test_files_that_are_no_geojson(city, source):
    assert problems(source)


@pytest.mark.parametrize(
    "feature",
    [
        None,
        {},
        {"properties": 3, "geometry": 4},
        {"properties": {"code": "1" * 99, "name": ""}, "geometry": {"type": "Point", "coordinates": [1, 1]}},
        {"properties": {"code": "a b"}, "geometry": {"type": "Polygon", "coordinates": []}},
        {"properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[1], [2]]]}},
        {"properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[500, 1], [501, 1], [501, 2], [500, 1]]]}},
        {"properties": {}, "geometry": {"type": "Polygon", "coordinates": [[["x", 1], [501, 1], [501, 2], [500, 1]]]}},
    ],
)
def test_features_that_are_nothing(city, feature):
    assert problems({"type": "FeatureCollection", "features": [feature]})


def test_micro_grids_fill_their_grid(city):
    def document(*shapes):
        return {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {
                        "微网格编码": f"{city.willow_1.code}{k:02d}",
                        "名称": f"微{k}",
                        "所属网格": city.willow_1.code,
                    },
                    "geometry": mapping(shape),
                }
                for k, shape in enumerate(shapes)
            ],
        }

    short = document(square(0, 0, 0.25), square(0.25, 0, 0.2))
    assert len(problems(short, level="microgrid")) == 1
    report = services.import_grids(
        geojson=document(square(0, 0, 0.25), square(0.25, 0, 0.25)), by=SYSTEM, level="microgrid", on=DAY
    )
    assert report.written
    assert [place.name for place in queries.children(city.willow_1.id)] == ["微0", "微1"]


def test_outsiders_and_unknown_datums(city):
    with pytest.raises(Denied):
        services.import_grids(geojson=own(city), by=Actor())
    with pytest.raises(Invalid):
        services.import_grids(geojson=own(city), by=SYSTEM, datum="bd09")


def test_a_file_in_another_datum_than_said(city):
    document = queries.export_grids(under=city.city, datum="gcj02")
    with translation.override("en"):
        report = services.import_grids(geojson=document, by=SYSTEM)
    assert not report.written
    assert any("clearly better if the file is in gcj02" in problem.message for problem in report.problems)
    assert services.import_grids(geojson=document, by=SYSTEM, datum="gcj02").ok

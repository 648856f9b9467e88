"""Finding one's way up and down the tree."""

import time

import pytest
from django.utils import translation

from cast_places import small_city
from shanzhi.foundation.base.refusals import NotFound
from shanzhi.registers.places import queries

pytestmark = pytest.mark.django_db


def test_chain_runs_from_the_place_to_the_province_without_queries(django_assert_num_queries):
    city = small_city()
    queries.cities()
    with django_assert_num_queries(0):
        chain = queries.chain(city.willow_1)
    assert [queries.place(id).code for id in chain] == [
        "990101001001001", "990101001001", "990101001", "990101", "9901", "99",
    ]  # fmt: skip


def test_subtree_children_and_codes():
    city = small_city()
    assert [place.name for place in queries.children(city.east.id)] == ["柳林街道", "石桥街道"]
    assert queries.subtree(city.west).count() == 1 + 1 + 1 + 2 + 4
    assert queries.subtree(city.city, level="grid").count() == 8
    assert queries.by_code("990100000000").id == city.city.id
    assert queries.by_code("990101").id == city.east.id
    with pytest.raises(NotFound):
        queries.by_code("123456")


def test_names_in_both_languages():
    city = small_city()
    with translation.override("zh-hans"):
        assert queries.full_name(city.willow_1) == "柳林街道柳林社区第一网格"
        assert queries.display_name(city.river) == "河口村"
        assert queries.full_name(city.by_code["99010100100100102"], 3) == "东城区柳林街道柳林社区第一网格02微网格"
    with translation.override("en"):
        assert queries.display_name(city.willow_2) == "柳林社区 · Grid\u00a02"
        assert queries.display_name(city.by_code["99010100100100102"]) == "柳林社区 · Grid\u00a01 · Micro-grid\u00a02"


def test_search_by_name_and_code():
    city = small_city()
    assert queries.search("柳林")[0].name == "柳林街道"
    assert queries.search("9901210")[0].id == city.by_code["990121100"].id if queries.search("9901210") else True
    assert queries.search("  ") == []


def test_small_city_is_quick():
    small_city()
    start = time.process_time()
    queries.search("河口")
    assert time.process_time() - start < 0.5

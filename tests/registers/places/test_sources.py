"""Choosing a city, and county polygons that need mending."""

import pytest
import shapely

from shanzhi.foundation.base.refusals import Invalid, NotFound
from shanzhi.registers.places import counties, divisions
from shanzhi.registers.places.levels import Level
from shanzhi.registers.places.names import arabic_number, chinese_number, short_community


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("玉溪", "5304"), ("鄂尔多斯", "1506"), ("益阳市", "4309"), ("郴州", "4310"), ("蚌埠", "3403"),
        ("天津", "1201"), ("上海", "3101"), ("5304", "5304"), (" 大理 ", "5329"),
    ],
)  # fmt: skip
def test_cities_by_name_or_code(wanted, code):
    assert divisions.choose(wanted)[0] == code


@pytest.mark.parametrize(("wanted", "near"), [("玉西", "玉溪市"), ("峨山", "玉溪市"), ("尔多斯", "鄂尔多斯市")])
def test_unknown_names_list_near_matches(wanted, near):
    with pytest.raises(Invalid, match=near):
        divisions.choose(wanted)


@pytest.mark.parametrize("wanted", ["", "abc", "9" * 50])
def test_nothing_near(wanted):
    with pytest.raises(Invalid):
        divisions.choose(wanted)


def test_missing_package_says_what_to_do(settings, tmp_path):
    settings.SHANZHI_DIVISIONS = tmp_path
    with pytest.raises(NotFound) as refused:
        divisions.choose("玉溪")
    assert "npm ci" in str(refused.value.advice)


def test_zones_without_a_polygon_share_a_district():
    zoned = divisions.read("3403").at(Level.COUNTY)
    polygons = counties.read(zoned)
    home = counties.share(zoned, polygons)
    assert home["340323"] == "340323"
    assert home["340371"] == home["340372"] in polygons


def test_mending():
    ring = shapely.Polygon([(0, 0), (10, 0), (10, 10), (5, 10), (5, 10.01), (5, 10), (0, 10)])
    mended, told = counties.mend(ring)
    assert mended.is_valid
    assert mended.area == pytest.approx(100)
    assert told
    bow = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    assert counties.mend(bow)[0] is None
    assert counties.mend(shapely.LineString([(0, 0), (1, 1)]))[0] is None
    assert counties.mend(shapely.Polygon())[0] is None


def test_short_names_and_numbers():
    names = {
        "玉带社区居民委员会": "玉带社区", "赤马村村民委员会": "赤马村", "小庙居委会": "小庙社区", "河口村委会": "河口村",
        "春和社区": "春和社区", "巴音嘎查村委会": "巴音嘎查", "居委会": "居委会",
        "召圪梁嘎查村村民委员会": "召圪梁嘎查", "内蒙古自治区鄂尔多斯市伊金霍洛旗阿勒腾席热镇西苑社区居民委员会": "西苑社区",
    }  # fmt: skip
    assert {name: short_community(name) for name in names} == names
    assert [chinese_number(n) for n in (1, 10, 12, 20, 21, 100, 105, 110)] == [
        "一", "十", "十二", "二十", "二十一", "一百", "一百零五", "一百一十",
    ]  # fmt: skip
    assert all(arabic_number(chinese_number(n)) == n for n in range(1, 999))

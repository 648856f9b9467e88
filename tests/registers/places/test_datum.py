"""GCJ-02 and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanzhi.foundation.base.refusals import Invalid
from shanzhi.registers.places import datum

LON, LAT = st.floats(74, 135), st.floats(4, 53)


@pytest.mark.property
@given(LON, LAT)
def test_there_and_back_within_a_ten_millionth_of_a_degree(lon, lat):
    back = datum.to_wgs84(*datum.to_gcj02(lon, lat))
    assert back == pytest.approx((lon, lat), abs=1e-7)


@pytest.mark.property
@given(LON, LAT)
def test_shift_is_some_hundred_metres(lon, lat):
    x, y = datum.to_gcj02(lon, lat)
    metres = np.hypot((x - lon) * 111_320 * np.cos(np.radians(lat)), (y - lat) * 110_574)
    assert metres < 1_200


@pytest.mark.property
@given(st.floats(-180, 70) | st.floats(139, 180), st.floats(-80, 80))
def test_nothing_is_shifted_abroad(lon, lat):
    assert datum.to_gcj02(lon, lat) == (lon, lat)
    assert datum.to_wgs84(lon, lat) == (lon, lat)


def test_published_pair():
    """Tiananmen as satellites and as maps in China give it."""
    assert datum.to_gcj02(116.3912757, 39.906217) == pytest.approx((116.3975192, 39.9076203), abs=2e-5)


def test_arrays_agree_with_numbers():
    lon, lat = np.array([102.5, 116.4, 121.4]), np.array([24.3, 39.9, 31.2])
    shifted = np.transpose(datum.to_gcj02(lon, lat))
    assert [tuple(row) for row in shifted] == [datum.to_gcj02(x, y) for x, y in zip(lon, lat, strict=True)]


def test_unknown_datum_is_refused():
    assert datum.checked("GCJ-02") == "gcj02"
    with pytest.raises(Invalid):
        datum.from_datum(1, 1, "bd09")

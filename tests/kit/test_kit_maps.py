"""Where names stand on a map, and what it looks at first: the functions of frontend/src/map, run by Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tools.browser import find_node

MAP = Path(__file__).resolve().parents[2] / "frontend/src/map"
ROOM = "() => [[60, 20]]"  # every name's


def run(file: str, expression: str) -> Any:
    code = f"import * as it from {json.dumps((MAP / file).as_uri())}; console.log(JSON.stringify({expression}))"
    done = subprocess.run(  # noqa: S603
        [str(find_node()), "--input-type=module", "-e", code], capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(done.stdout)


def square(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def place(name: str, *box: float, own: bool = False) -> dict[str, Any]:
    return {"name": name, "rings": [square(*box)], "own": own}


def lettered(places: list[dict[str, Any]], taken: Any = ()) -> dict[str, list[float]]:
    """name → its box, in a frame of 300 × 200 pixels."""
    found = run("lettering.js", f"it.lettering({json.dumps(places)}, [300, 200], {json.dumps(list(taken))}, {ROOM})")
    return {
        one["place"]["name"]: [one["at"][0] - 30, one["at"][1] - 10, one["at"][0] + 30, one["at"][1] + 10]
        for one in found
    }


def test_names_stand_wholly_inside_the_frame():
    found = lettered([place("cut", -200, 20, 90, 100), place("corner", 220, 120, 500, 400)])
    assert set(found) == {"cut", "corner"}
    for west, south, east, north in found.values():
        assert west >= 0
        assert south >= 0
        assert east <= 300
        assert north <= 200


def test_what_hardly_shows_has_no_name():
    assert not lettered([place("strip", -200, 0, 20, 200), place("elsewhere", 400, 0, 500, 200)])


def test_names_cover_no_dot_no_button_and_no_other_name():
    dot, buttons = [140, 90, 160, 110], [250, 0, 300, 100]
    boxes = [*lettered([place("one", 20, 20, 280, 180), place("two", 30, 30, 270, 170)], [dot, buttons]).values()]
    assert len(boxes) == 2
    boxes += [dot, buttons]
    for number, one in enumerate(boxes[:2]):
        for other in boxes[number + 1 :]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_the_own_place_is_named_first_and_however_small_it_is():
    around = [place("big", 0, 0, 300, 200), place("own", 140, 90, 160, 110, own=True)]
    found = lettered(around, [[140, 90, 160, 110]])
    assert next(iter(found)) == "own"


def test_the_own_name_stands_in_a_narrow_place_of_its_own_rather_than_beside_its_dot():
    around = [place("west", 0, 0, 140, 200), place("own", 140, 20, 165, 180, own=True), place("east", 165, 0, 300, 200)]
    west, north, east, south = lettered(around, [[142, 46, 162, 154]])["own"]
    assert 140 <= (west + east) / 2 <= 165
    assert south <= 46 or north >= 154


def feature(name: str, *box: float) -> dict[str, Any]:
    return {"properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [square(*box)]}}


def extent(*points: tuple[float, float]) -> list[float]:
    area = {"features": [feature(str(x), x, 0, x + 10, 10) for x in (0, 10, 20, 30, 40)]}
    dots = {"features": [{"geometry": {"type": "Point", "coordinates": point}} for point in points]}
    return run("view.js", f"it.extent({json.dumps(area)}, {json.dumps(dots)})")


def test_the_map_shows_the_whole_of_the_places_that_hold_what_is_listed():
    assert extent((12, 3)) == [10, 0, 20, 10]
    assert extent((12, 3), (22, 3)) == [10, 0, 30, 10]


def test_it_shows_all_where_points_lie_all_over_or_nowhere():
    assert extent((2, 3), (42, 3)) == extent() == [0, 0, 50, 10]


def test_a_long_name_is_broken_between_words():
    wide = "(text) => text.length * 13"
    assert run("lettering.js", f"it.lines('东胜区', {wide})") == ["东胜区"]
    rows = run("lettering.js", f"it.lines('百草塔村第二网格（合成）', {wide})")
    assert rows == ["百草塔村", "第二网格（合成）"]
    rows = run("lettering.js", f"it.lines('元江哈尼族彝族傣族自治县', {wide})")
    assert len(rows) == 2
    assert min(map(len, rows)) > 3  # no 县 alone


@pytest.mark.parametrize(
    ("frame", "bar"), [((322, 190), 322), ((252, 190), 44), ((120, 700), 44), ((90, 2), 44), ((0, 0), 0)]
)
def test_a_map_of_any_size_keeps_half_of_itself_for_what_it_shows(frame, bar):
    width, height = frame
    tried = run("view.js", f"it.margins({{width: {width}, height: {height}}}, {{width: {bar}, height: 104}})")
    assert tried
    for margin in tried:
        assert margin["left"] + margin["right"] <= width / 2
        assert margin["top"] + margin["bottom"] <= height / 2


def test_a_tall_map_may_show_its_places_below_the_buttons_and_a_low_one_beside_them():
    tried = [
        run("view.js", f"it.margins({{width: 480, height: {height}}}, {{width: 44, height: 104}})")
        for height in (580, 248)
    ]
    assert [[(one["top"], one["right"]) for one in all] for all in tried] == [
        [(28, 40), (28, 84), (132, 40)],
        [(24.8, 40), (24.8, 84)],
    ]


def test_a_name_without_room_in_its_place_stands_beside_it_where_no_other_place_is():
    dot, west, east = [100, 80, 140, 120], place("west", 95, 75, 145, 125), place("east", 145, 40, 290, 160)
    left, top, right, bottom = lettered([west, east], [dot])["west"]
    assert right <= 145
    assert bottom <= 80 or top >= 120 or right <= 100
    closed_in = [place(str(n), *box) for n, box in enumerate(([0, 0, 300, 75], [0, 125, 300, 200], [0, 75, 95, 125]))]
    assert "west" not in lettered([west, east, *closed_in], [dot])


def test_a_name_takes_another_way_of_writing_where_its_best_has_no_room():
    narrow = json.dumps([place("narrow", 100, 20, 140, 180)])
    found = run("lettering.js", f"it.lettering({narrow}, [300, 200], [], () => [[60, 20], [34, 40]])")
    assert [one["way"] for one in found] == [1]

"""清河市: a small fabricated city on squares near Yuxi, for every test that needs territory."""

from __future__ import annotations

from datetime import date
from functools import cache
from types import SimpleNamespace

import shapely

from shanzhi.registers.places import names, revision, store
from shanzhi.registers.places.levels import Level
from shanzhi.registers.places.models import Place

WEST, SOUTH, SIDE = 102.5, 24.35, 0.01  # a community is a square of about a kilometre
LAYOUT = {  # county → street → communities, laid out west to east, counties south to north
    ("990101", "东城区"): {
        ("990101001", "柳林街道"): [("990101001001", "柳林社区居委会"), ("990101001002", "桃园社区居委会")],
        ("990101002", "石桥街道"): [("990101002001", "石桥社区居委会")],
    },
    ("990121", "西山县"): {("990121100", "清溪镇"): [("990121100201", "河口村村委会")]},
}
SINCE = date(2020, 1, 1)


def small_city() -> SimpleNamespace:
    """示例省 › 清河市 › 2 counties › 3 streets › 4 communities › 2 grids each › 2 micro-grids each.

    Gives places by attribute (province, city, east, west, willow, peach, bridge, river: communities; willow_1, willow_2,
    peach_1 …: grids) and `by_code`. Community squares stand side by side from 102.50; 河口村 lies north of 柳林社区.
    """
    store.create(_drafts(), on=SINCE)
    revision.bump()
    places = {place.code: place for place in Place.objects.filter(path__startswith="99/")}
    city = SimpleNamespace(by_code=places, province=places["99"], city=places["9901"])
    city.east, city.west = places["990101"], places["990121"]
    for word, code in {
        "willow": "990101001001",
        "peach": "990101001002",
        "bridge": "990101002001",
        "river": "990121100201",
    }.items():
        setattr(city, word, places[code])
        for number in (1, 2):
            setattr(city, f"{word}_{number}", places[f"{code}{number:03d}"])
    return city


def square(column: float, row: float, columns: float = 1, rows: float = 1) -> shapely.Polygon:
    """A rectangle of community squares, counted from the south-west corner of the city."""
    corners = (WEST + column * SIDE, SOUTH + row * SIDE, WEST + (column + columns) * SIDE, SOUTH + (row + rows) * SIDE)
    return shapely.box(*(round(value, 6) for value in corners))


def middle(place: Place) -> tuple[float, float]:
    """A point (lon, lat) inside the place."""
    return place.boundary.lon, place.boundary.lat


@cache
def _drafts() -> list[store.Draft]:
    drafts = [
        store.Draft(Level.PROVINCE, "99", "示例省"),
        store.Draft(
            Level.CITY, "9901", "清河市", "99", boundary=shapely.MultiPolygon([square(0, 0, 3), square(0, 1, 1)])
        ),
    ]
    for row, ((code, name), streets) in enumerate(LAYOUT.items()):
        column = sum(len(communities) for communities in streets.values())
        drafts.append(store.Draft(Level.COUNTY, code, name, "9901", boundary=square(0, row, column)))
        column = 0
        for (street, street_name), communities in streets.items():
            drafts.append(
                store.Draft(Level.STREET, street, street_name, code, boundary=square(column, row, len(communities)))
            )
            for community, community_name in communities:
                drafts += _community(street, community, community_name, column, row)
                column += 1
    return drafts


def _community(street: str, code: str, name: str, column: int, row: int) -> list[store.Draft]:
    drafts = [store.Draft(Level.COMMUNITY, code, name, street, boundary=square(column, row))]
    for grid in (1, 2):
        grid_code, grid_name = f"{code}{grid:03d}", names.grid_name(name, grid)
        x = column + (grid - 1) / 2
        landmark = ("农贸市场", "小学")[grid - 1]
        drafts.append(
            store.Draft(
                Level.GRID,
                grid_code,
                grid_name,
                code,
                True,
                f"{names.short_community(name)}{landmark}",
                square(x, row, 0.5),
            )
        )
        drafts += [
            store.Draft(
                Level.MICROGRID, f"{grid_code}{micro:02d}", names.microgrid_name(grid_name, micro), grid_code, True,
                boundary=square(x, row + (micro - 1) / 2, 0.5, 0.5),
            )
            for micro in (1, 2)
        ]  # fmt: skip
    return drafts

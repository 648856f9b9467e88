"""Point → grid over at least 10,000 grids, tiled inside the real counties of 天津. Needs no database."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
os.environ.setdefault("SHANZHI_BUILDING", "1")

import django

django.setup()

import numpy as np  # noqa: E402
import shapely  # noqa: E402

from benchmarks.report import Row, leave, report, seconds  # noqa: E402
from shanzhi.registers.places import divisions, synthetic  # noqa: E402
from shanzhi.registers.places.finder import Finder  # noqa: E402
from shanzhi.registers.places.models import Place  # noqa: E402

CITY, GRIDS, POINTS, ONE_BY_ONE = "1201", 10_000, 100_000, 20_000


def main() -> bool:
    drafts = synthetic.draw(divisions.read(CITY), grids=2, microgrids=4, report=print).grids
    drafts = sorted(drafts, key=lambda draft: draft.code)
    assert len(drafts) >= GRIDS, len(drafts)
    polygons = np.array([draft.boundary for draft in drafts], dtype=object)
    finder = Finder([Place(code=draft.code) for draft in drafts], polygons)
    points = inside(polygons, POINTS)
    lon, lat = points.T.copy()
    pairs = points[:ONE_BY_ONE].tolist()
    plain = np.array(shapely.from_wkb(shapely.to_wkb(polygons)), dtype=object)  # what nobody has prepared
    tree = shapely.STRtree(plain)

    def one_by_one() -> None:
        for x, y in pairs:
            finder.one(x, y)

    def tree_one_by_one() -> list:
        return [
            [k for k in tree.query(shapely.Point(x, y)) if plain[k].contains(shapely.Point(x, y))] for x, y in pairs
        ]

    few = points[:50]
    prepared = plain.copy()
    shapely.prepare(prepared)

    def scan() -> list[int]:
        return [int(np.argmax(shapely.contains_xy(prepared, x, y))) for x, y in few]

    ours = finder.many(lon, lat)
    assert (ours >= 0).all()
    assert ours[:50].tolist() == scan()
    assert [finder.one(x, y).code for x, y in pairs] == [drafts[k].code for k in ours[:ONE_BY_ONE]]
    micro = 1e6
    bulk = seconds(lambda: finder.many(lon, lat)) / POINTS * micro
    single = seconds(one_by_one) / ONE_BY_ONE * micro
    peer_single = seconds(tree_one_by_one, rounds=3) / ONE_BY_ONE * micro
    scanned = seconds(scan, rounds=3) / len(few) * micro
    loading = seconds(lambda: Finder(finder.places, shapely.from_wkb(shapely.to_wkb(polygons))), rounds=3)
    rows = [
        Row("point → grid, in bulk", bulk, "µs", peer_single, "STRtree + contains in a loop", aim=3),
        Row("point → grid, one by one", single, "µs", peer_single, "STRtree + contains", aim=15),
        Row("the same", single, "µs", scanned, "scan of prepared polygons"),
        Row("tree of all grids built", loading * 1000, "ms"),
    ]
    return report("places", rows, notes=f"{len(drafts):,} grids, {POINTS:,} points, all inside; median of 5")


def inside(polygons: np.ndarray, count: int) -> np.ndarray:
    """Points in grids taken at random, so that small grids of the centre are asked for as often as large ones outside."""
    rng = np.random.default_rng(7)
    pick = polygons[rng.integers(0, len(polygons), count * 4)]
    boxes = shapely.bounds(pick)
    points = rng.uniform(boxes[:, :2], boxes[:, 2:])
    return points[shapely.contains_xy(pick, points[:, 0], points[:, 1])][:count]


if __name__ == "__main__":
    leave(main())

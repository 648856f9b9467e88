"""Which cells make a grid, which grids a community: neighbours belong together, and every group gets its number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

ROUNDS = 6


def bisect(points: np.ndarray, index: np.ndarray, sizes: Sequence[int]) -> list[np.ndarray]:
    """Splits points[index] into compact groups of these sizes, halving along the longer side each time."""
    if len(sizes) == 1:
        return [index]
    half = len(sizes) // 2
    mine = points[index]
    axis = int(np.ptp(mine[:, 1]) > np.ptp(mine[:, 0])) if len(mine) else 0
    order = index[np.argsort(mine[:, axis], kind="stable")]
    cut = int(sum(sizes[:half]))
    return bisect(points, order[:cut], sizes[:half]) + bisect(points, order[cut:], sizes[half:])


def tidy(
    group: np.ndarray,
    i: np.ndarray,
    j: np.ndarray,
    length: np.ndarray,
    area: np.ndarray,
    fence: np.ndarray,
    prefer: np.ndarray | None = None,
) -> np.ndarray:
    """Moves stray pieces of a group to the group around them, so that groups hang together where the land does.

    `i, j, length`: shared edges of the pieces. A piece never crosses its `fence` (county); among neighbours one of the same
    `prefer` value (community) comes first. The largest part of each group stays, so no group is ever emptied.
    """
    group = group.copy()
    inner = fence[i] == fence[j]
    i, j, length = i[inner], j[inner], length[inner]
    for _ in range(ROUNDS):
        part = _parts(group, i, j)
        size = np.bincount(part, weights=area, minlength=len(group))
        main = np.full(group.max() + 1, -1)
        heads = np.unique(part)
        for head in heads[np.argsort(size[heads], kind="stable")]:
            main[group[head]] = head  # the largest comes last
        stray = part != main[group]
        if not stray.any():
            break
        moved = _around(group, part, stray, i, j, length, prefer)
        if not moved:
            break
        for head, target in moved.items():
            group[part == head] = target
    return group


def _parts(group: np.ndarray, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """For each piece the smallest index in its connected part of its group."""
    part = np.arange(len(group))
    same = group[i] == group[j]
    a, b = i[same], j[same]
    while True:
        low = np.minimum(part[a], part[b])
        fresh = part.copy()
        np.minimum.at(fresh, a, low)
        np.minimum.at(fresh, b, low)
        fresh = fresh[fresh]
        if (fresh == part).all():
            return part
        part = fresh


def _around(group, part, stray, i, j, length, prefer) -> dict[int, int]:  # noqa: PLR0913
    """stray part → the settled group with which it shares most edge."""
    totals: dict[int, dict[int, float]] = {}
    for a, b in ((i, j), (j, i)):
        edge = np.flatnonzero(stray[a] & ~stray[b])
        for k in edge:
            bonus = 1e6 if prefer is not None and prefer[a[k]] == prefer[b[k]] else 0
            near = totals.setdefault(int(part[a[k]]), {})
            near[int(group[b[k]])] = near.get(int(group[b[k]]), 0) + length[k] + bonus
    return {head: max(near, key=lambda g: (near[g], -g)) for head, near in totals.items()}

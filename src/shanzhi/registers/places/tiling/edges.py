"""Which polygons of a coverage share edges, and how much of them."""

from __future__ import annotations

import numpy as np
import shapely


def shared(polygons: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(i, j, length) for each pair i < j that shares edges. Edges count as shared when both ends are the same numbers."""
    rings, owner = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same_ring = ring[1:] == ring[:-1]
    start, end = points[:-1][same_ring], points[1:][same_ring]
    owner = owner[ring[:-1][same_ring]]
    # Each edge runs one way on one side and the other way on the other: order its ends.
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    start[swap], end[swap] = end[swap], start[swap].copy()
    keys = np.hstack([start, end])
    order = np.lexsort(keys.T)
    keys, owner = keys[order], owner[order]
    twin = np.flatnonzero((keys[1:] == keys[:-1]).all(axis=1) & (owner[1:] != owner[:-1]))
    pair = np.sort(np.column_stack([owner[twin], owner[twin + 1]]), axis=1)
    length = np.hypot(*(keys[twin, 2:] - keys[twin, :2]).T)
    pairs, index = np.unique(pair, axis=0, return_inverse=True)
    if not len(pairs):
        return np.empty(0, int), np.empty(0, int), np.empty(0)
    return pairs[:, 0], pairs[:, 1], np.bincount(index.ravel(), weights=length)

"""Invented landmarks, so that a map without a base map still says where one is. Grids that carry them are synthetic."""

from __future__ import annotations

import numpy as np

from .names import short_community

TOWN = ("菜市场", "小学", "公交站", "卫生服务站", "街心花园", "幼儿园", "便民超市", "停车场", "老年活动中心", "篮球场")
VILLAGE = ("村口大榕树", "文化活动室", "小学", "卫生室", "篮球场", "老水井", "供销社", "客运招呼站", "戏台", "水塘")


def of(community: str, grids: int, rng: np.random.Generator) -> list[str]:
    """One landmark for each grid of a community, none twice."""
    short = short_community(community)
    kinds = TOWN if short.endswith("社区") else VILLAGE
    order = rng.permutation(len(kinds)).tolist()
    rounds = [f"{short}{kinds[k]}" for k in order]
    return [rounds[k] if k < len(rounds) else f"{rounds[k % len(rounds)]}{k // len(rounds) + 1}" for k in range(grids)]

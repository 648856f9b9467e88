"""Chance that repeats: every decision has its own generator, named by the seed and by what is decided."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def dice(*named: object) -> Random:
    return Random("|".join(map(str, named)))  # noqa: S311 - a play, no secrets


def weighted(by: Random, weights: Mapping[T, float]) -> T:
    """A key, by its weight. The order of the mapping matters: it must be the same each time."""
    return by.choices(list(weights), list(weights.values()))[0]


def skewed(by: Random, median: float, spread: float = 0.6) -> float:
    """Positive, mostly near the median, sometimes far above: how long people take."""
    return median * math.exp(by.gauss(0, spread))


def one_of(by: Random, options: Sequence[T]) -> T:
    return options[by.randrange(len(options))]

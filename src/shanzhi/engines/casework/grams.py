"""Pairs of neighbouring characters: exact for two-character Chinese words, a good sieve for longer ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

MOST = 4000  # pairs kept of one case; a text of 5,000 characters rarely has more
PAIR = re.compile(r"(?=([^\W_]{2}))")  # letters and figures as `str.isalnum` knows them


def plain(text: str) -> str:
    """Lower case, full-width letters made narrow, white space to single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def grams(*texts: str) -> list[str]:
    """Every pair once, sorted. Pairs never reach across white space or punctuation."""
    found: set[str] = set()
    for text in texts:
        found.update(PAIR.findall(plain(text)))
    return sorted(found)[:MOST]


@lru_cache(maxsize=16)
def _pairs(text: str) -> frozenset[str]:
    """One report is compared with many."""
    return frozenset(grams(text))


def alike(text: str, pairs: Collection[str]) -> float:
    """0 to 1: how much of the shorter one's pairs the longer has too. `pairs`: of the other, as `grams` gives them."""
    own = _pairs(text)
    return len(own.intersection(pairs)) / min(len(own), len(pairs)) if own and pairs else 0.0

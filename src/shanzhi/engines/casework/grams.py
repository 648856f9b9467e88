"""Pairs of neighbouring characters: exact for two-character Chinese words, a good sieve for longer ones."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MOST = 4000  # pairs kept of one case; a text of 5,000 characters rarely has more
FEWEST = 3
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


@lru_cache(maxsize=512)
def pairs_of(*texts: str) -> frozenset[str]:
    """One report is compared with many, and names of places come again and again."""
    return frozenset(grams(*texts))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """0 to 1: how much of the shorter text's pairs the longer has too. One or two in common say nothing."""
    common = len(one & other)
    return common / min(len(one), len(other)) if common >= FEWEST else 0.0

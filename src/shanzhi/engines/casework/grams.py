"""Pairs of neighbouring characters: exact for two-character Chinese words, a good sieve for longer ones."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

MOST = 4000  # pairs kept of one case; a text of 5,000 characters rarely has more


def plain(text: str) -> str:
    """Lower case, full-width letters made narrow, white space to single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def grams(*texts: str) -> list[str]:
    """Every pair once, sorted. Pairs never reach across white space or punctuation."""
    found: set[str] = set()
    for text in texts:
        clear = plain(text)
        found.update(a + b for a, b in zip(clear, clear[1:], strict=False) if a.isalnum() and b.isalnum())
    return sorted(found)[:MOST]


@lru_cache(maxsize=16)
def _pairs(text: str) -> frozenset[str]:
    """One report is compared with many."""
    return frozenset(grams(text))


def alike(first: str, second: str) -> float:
    """0 to 1: how much of the shorter text's pairs the longer has too."""
    a, b = _pairs(first), _pairs(second)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0

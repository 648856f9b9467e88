"""What could this be? Categories whose hints occur in the words, with the words that said so. Suggested, never forced."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .documents import Catalogue, Category
from .grams import grams, plain

MOST = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    category: Category
    score: float
    because: tuple[str, ...]  # the hints that were found in the words


def suggest(catalogue: Catalogue, words: str) -> list[Suggestion]:
    """The best first, none if nothing fits. A whole hint counts by its length, its pieces a little."""
    text, pairs = plain(words), set(grams(words))
    found = [one for item in catalogue.items if (one := _score(item, text, pairs))]
    return sorted(found, key=lambda one: -one.score)[:MOST]


@lru_cache(maxsize=4096)
def _read(*hints: str) -> list[tuple[str, str, frozenset[str]]]:
    """Each as it is written, plain, and its pairs."""
    return [(hint, plain(hint), frozenset(grams(hint))) for hint in hints]


def _score(item: Category, text: str, pairs: set[str]) -> Suggestion | None:
    score, because = 0.0, []
    for hint, clear, own in _read(*item.words, item.title.get("zh-hans", "")):
        if clear and clear in text:
            score += len(clear)
            because.append(hint)
        elif own:
            score += 0.5 * len(own & pairs) / len(own)
    return Suggestion(item, score, tuple(dict.fromkeys(because))) if score >= 0.5 else None

"""What could this be? Categories whose hints occur in the words, with the words that said so. Suggested, never forced."""

from __future__ import annotations

from dataclasses import dataclass

from .documents import Catalogue, Category
from .grams import plain

MOST, FEWEST = 3, 0.5


@dataclass(frozen=True, slots=True)
class Suggestion:
    category: Category
    score: float
    because: tuple[str, ...]  # the hints that were found in the words

    def more(self, score: float, *because: str) -> Suggestion:
        return Suggestion(self.category, self.score + score, tuple(dict.fromkeys((*self.because, *because))))


def suggest(catalogue: Catalogue, words: str) -> list[Suggestion]:
    """The best first, none if nothing fits. A whole hint counts by its length, its pieces a little."""
    text, found = plain(words), dict[str, Suggestion]()
    for hint, pairs in catalogue.hints.met(words):
        one = found.get(hint.item.key) or Suggestion(hint.item, 0.0, ())
        if hint.plain in text:
            found[hint.item.key] = one.more(len(hint.plain), hint.written)
        elif hint.pairs:
            found[hint.item.key] = one.more(0.5 * pairs / hint.pairs)
    return sorted((one for one in found.values() if one.score >= FEWEST), key=lambda one: -one.score)[:MOST]

"""What the categories of a catalogue are recognised by, read once for each catalogue."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from shanzhi.engines.casework.grams import grams, plain


class Hint(NamedTuple):
    item: Any  # its Category
    written: str
    plain: str
    pairs: int


class Hints:
    """Of every item its words and its Chinese title. By their pairs: of some hundred hints a report meets five."""

    def __init__(self, items: tuple[Any, ...]) -> None:
        self.all: list[Hint] = []
        self.having: dict[str, list[int]] = defaultdict(list)
        self.without_pairs: dict[int, int] = {}
        for item in items:
            for written in (*item.words, item.title.get("zh-hans", "")):
                self._add(item, written)

    def _add(self, item: Any, written: str) -> None:
        pairs, clear = grams(written), plain(written)
        if not clear:
            return
        for pair in pairs:
            self.having[pair].append(len(self.all))
        if not pairs:
            self.without_pairs[len(self.all)] = 0
        self.all.append(Hint(item, written, clear, len(pairs)))

    def met(self, words: str) -> Iterator[tuple[Hint, int]]:
        """Those that may occur in the words, in their order, with how many of their pairs do."""
        counts = Counter(number for pair in grams(words) for number in self.having.get(pair, ()))
        for number, count in sorted((counts | self.without_pairs).items()):
            yield self.all[number], count

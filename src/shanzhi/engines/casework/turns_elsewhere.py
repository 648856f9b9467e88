"""What waits for a desk by the text of a place below alone, in cases that the actor may see anyhow: a turn opens nothing.

Nothing where the text of the post's own place lists it already, so that the lists of a city whose places go by one text, or by texts
that are alike in this, stay as they are. Places that are alike stand together in one condition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, Q, TextField, Value

from shanzhi.foundation.base.actor import Actor

from .turn_texts import Heap, Turn
from .visible import below, looked_over

Found = tuple[Turn, str, tuple[str, ...] | None]  # the path of the place below; states, or None: all


class Within(Func):
    """A path, at or below one of several."""

    template = "%(expressions)s)"
    arg_joiner = " ^@ ANY ("
    output_field = BooleanField()
    conditional = True


def also_standing(own: Sequence[Turn], lower: Iterable[Turn], heap: Heap, by: Actor) -> Q:
    return _there(_standing(own, lower, heap), by)


def also_at(own: Sequence[Turn], lower: Iterable[Turn], may: Callable[[Turn], bool], by: Actor) -> Q:
    return _there(_able(own, lower, may), by)


def _standing(own: Sequence[Turn], lower: Iterable[Turn], heap: Heap) -> Iterator[Found]:
    for turn in lower:
        for path in turn.below:
            alike = list(_alike(own, turn, path))
            states = tuple(one for one in turn.in_heap(heap) if not any(same.lists(one, heap) for same in alike))
            if states:
                yield turn, path, states


def _able(own: Sequence[Turn], lower: Iterable[Turn], may: Callable[[Turn], bool]) -> Iterator[Found]:
    for turn in filter(may, lower):
        for path in turn.below:
            if not any(map(may, _alike(own, turn, path))):
                yield turn, path, turn.seen


def _alike(own: Iterable[Turn], turn: Turn, path: str) -> Iterator[Turn]:
    """Of the same procedure, over that place too."""
    return (one for one in own if one.key == turn.key and path.startswith(one.path))


def _there(found: Iterable[Found], by: Actor) -> Q:
    held: dict[tuple[str, str, tuple[str, ...] | None], set[str]] = defaultdict(set)
    for turn, path, states in found:
        held[turn.path, turn.key, states].add(path)
    arms = Q(pk__in=[])
    for (top, key, states), paths in held.items():
        within = Q(Within(F("place__path"), Value(sorted(paths), ArrayField(TextField()))))
        arms |= below(top) & within & Q(procedure=key) & (Q() if states is None else Q(state__in=states))
    return arms & looked_over(by) if held else arms

"""What waits for whom at a desk: by place and text, only what a role of the actor may act on. Who merely looks on has it in other lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q

from shanzhi.foundation.base.actor import Actor

from .asked import undecided_cases
from .hand_lists import returned
from .turn_texts import DESK, Heap, Turn, turns_below, turns_of
from .turns_elsewhere import also_at, also_standing
from .visible import Among, below


def heaps_of(by: Actor, heaps: Mapping[str, Heap]) -> set[str]:
    """The names of those in which something may ever stand for this actor. By text alone; of matters without sides more time may be
    asked for at every step.
    """
    own, lower = list(turns_of(by)), list(turns_below(by))
    return {
        name
        for name, heap in heaps.items()
        if any(turn.may_be_in(heap) for turn in own if heap.takes(turn.text))
        or any(turn.in_heap(heap) or turn.decides or turn.helps for turn in lower if heap.takes(turn.text))
    }


def checks(by: Actor) -> bool:
    """Does anything that the actor looks over ever wait for a check? By text alone."""
    return any(
        state.waits_for == "checker" or state.hands
        for turn in chain(turns_of(by), turns_below(by))
        for state in turn.text.states.values()
    )


def for_the_desk(by: Actor, heap: Heap | None) -> list[Q]:
    """How a case waits: by its state, with a request for more time, or with a unit's part. Of the whole list the requests are few
    ids; of a heap each arm finds its few rows by an index.
    """
    own, lower = (
        [turn for turn in turns if heap is None or heap.takes(turn.text)] for turns in (turns_of(by), turns_below(by))
    )
    asked = Q(pk__in=undecided_cases()) if heap is None else Q(Among(F("pk"), ArraySubquery(undecided_cases())))
    only = heap.stages if heap else Q()
    decides, helps = attrgetter("decides"), attrgetter("helps")
    return [
        Q(waits_for=DESK) & only & (_standing(own, heap or Heap()) | also_standing(own, lower, heap or Heap(), by)),
        asked & only & (_at(filter(decides, own)) | also_at(own, lower, decides, by)),
        returned() & only & (_at(filter(helps, own)) | also_at(own, lower, helps, by)),
    ]


@dataclass(slots=True)
class _Place:
    """`but`: procedure → states that are left out: those of today's text that wait for others. Named so, and not by those that are meant:
    a case goes on by the text that it began with, also where today's has its state no more or has it wait for somebody else, and must
    not fall out of every list. `only`: those that are meant, for who sees a confidential procedure in some states alone. HAZARD: of any
    other state they may not even learn that it is there.
    """

    but: dict[str, set[str]] = field(default_factory=dict)
    only: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, turn: Turn, states: Iterable[str], others: Iterable[str] = ()) -> None:
        if turn.seen is None:
            self.but[turn.key] = self.but.get(turn.key, set(others)).intersection(others)
        else:
            self.only[turn.key].update(set(states).intersection(turn.seen))

    @property
    def cases(self) -> Q:
        found = Q(procedure__in=sorted(key for key, states in self.but.items() if not states))
        for key, states in sorted(self.but.items()):
            if states:
                found |= Q(procedure=key) & ~Q(state__in=sorted(states))
        for key, states in sorted(self.only.items()):
            found |= Q(procedure=key, state__in=sorted(states))
        return found


def _standing(turns: list[Turn], heap: Heap) -> Q:
    held: dict[str, _Place] = defaultdict(_Place)
    for turn in turns:
        if turn.stands(heap):
            held[turn.path].add(turn, turn.states, turn.others)
    return _there(held)


def _at(turns: Iterable[Turn]) -> Q:
    held: dict[str, _Place] = defaultdict(_Place)
    for turn in turns:
        held[turn.path].add(turn, turn.seen or ())
    return _there(held)


def _there(held: dict[str, _Place]) -> Q:
    found = Q(pk__in=[])
    for path, here in held.items():
        found |= below(path) & here.cases
    return found

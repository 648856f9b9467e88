"""What waits for whom at a desk: by place and text, only what a role of the actor may act on. Who merely looks on has it in other lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.places import queries as places

from .asked import DECIDES, undecided_cases
from .documents.hands_text import FITS
from .documents.procedure import ALL, Procedure
from .hand_lists import WITH_DESK, returned
from .visible import Among, below

DESK = "desk"
# Open in nearly every state: to be able to warn, or to record that a side stops, is no turn.
ALWAYS = {"danger", "stop"}


@dataclass(frozen=True, slots=True)
class Heap:
    """Of all that waits for a desk: visible stages from `least` to `most`; of matters with two sides or of others, None: of both."""

    least: int = 1
    most: int = 12
    sided: bool | None = None

    @property
    def stages(self) -> Q:
        return Q(stage__gte=self.least, stage__lte=self.most)

    def takes(self, text: Procedure) -> bool:
        return self.sided is None or self.sided == text.sided


@dataclass(frozen=True, slots=True)
class Turn:
    """What one post may do with what waits in cases of one procedure. `states`: from which it may act; `others`: those that wait for
    others at the desk; `seen`: the states in which it sees these cases at all, or None: in all.
    """

    path: str
    key: str
    text: Procedure
    states: tuple[str, ...]
    others: tuple[str, ...]
    seen: tuple[str, ...] | None
    decides: bool  # on more time
    helps: bool  # a unit whose part was returned or stands still

    def in_heap(self, heap: Heap) -> tuple[str, ...]:
        stages = range(heap.least, heap.most + 1)
        return tuple(state for state in self.states if self.text.states[state].stage in stages)

    def may_be_in(self, heap: Heap) -> bool:
        """As `for_the_desk` finds them."""
        asked = not self.text.sided and (self.decides or self.helps or not self.others)
        return bool(asked or self.in_heap(heap))


def turns_of(by: Actor) -> Iterator[Turn]:
    for post in by.posts:
        version = playbook_of(places.chain(post.place))
        for key, text in (version.documents("procedures") if version else {}).items():
            seen = text.sees.get(post.role, ()) if text.sees else (ALL,) if post.role in text.roles else ()
            if seen:
                yield _turn(post, key, text, seen)


def _turn(post: Any, key: str, text: Procedure, seen: tuple[str, ...]) -> Turn:
    mine = [one for one in text.actions.values() if f"role:{post.role}" in one.by and one.effect not in ALWAYS]
    able = {state for action in mine for state in action.from_}
    waiting = [name for name, state in text.states.items() if state.waits_for == DESK and (ALL in seen or name in seen)]
    return Turn(
        post.place_path, key, text,
        states=tuple(name for name in waiting if name in able),
        others=tuple(name for name in waiting if name not in able),
        seen=None if ALL in seen else tuple(seen),
        decides=any(one.effect in DECIDES for one in mine),
        helps=any(one.hand and not {*WITH_DESK}.isdisjoint(one.of or FITS[one.hand]) for one in mine),
    )  # fmt: skip


def heaps_of(by: Actor, heaps: Mapping[str, Heap]) -> set[str]:
    """The names of those in which something may ever stand for this actor. By text alone; of matters without sides more time may be
    asked for at every step.
    """
    turns = list(turns_of(by))
    return {
        name for name, heap in heaps.items() if any(turn.may_be_in(heap) for turn in turns if heap.takes(turn.text))
    }


def checks(by: Actor) -> bool:
    """Does anything that the actor looks over ever wait for a check? By text alone."""
    return any(
        state.waits_for == "checker" or state.hands for turn in turns_of(by) for state in turn.text.states.values()
    )


def for_the_desk(by: Actor, heap: Heap | None) -> list[Q]:
    """How a case waits: by its state, with a request for more time, or with a unit's part. Of the whole list the requests are few
    ids; of a heap each arm finds its few rows by an index.
    """
    turns = [turn for turn in turns_of(by) if heap is None or heap.takes(turn.text)]
    asked = Q(pk__in=undecided_cases()) if heap is None else Q(Among(F("pk"), ArraySubquery(undecided_cases())))
    only = heap.stages if heap else Q()
    return [
        Q(waits_for=DESK) & only & _standing(turns, heap or Heap()),
        asked & only & _at(turn for turn in turns if turn.decides),
        returned() & only & _at(turn for turn in turns if turn.helps),
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
        if turn.in_heap(heap) or not turn.others:
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

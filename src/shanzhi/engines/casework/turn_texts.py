"""What a post may do with what waits, by the text of its own place and by those of the places below that go by texts of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from django.db.models import Q

from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.places import queries as places

from .asked import DECIDES
from .documents.hands_text import FITS
from .documents.procedure import ALL, Procedure
from .hand_lists import WITH_DESK
from .text_of import procedures_in, texts_below

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
    others at the desk; `seen`: the states in which it sees these cases at all, or None: in all. `below`: the places that go by this
    text, where it is not that of the post's own place.
    """

    path: str
    key: str
    text: Procedure
    states: tuple[str, ...]
    others: tuple[str, ...]
    seen: tuple[str, ...] | None
    decides: bool  # on more time
    helps: bool  # a unit whose part was returned or stands still
    below: tuple[str, ...] = ()

    def in_heap(self, heap: Heap) -> tuple[str, ...]:
        stages = range(heap.least, heap.most + 1)
        return tuple(state for state in self.states if self.text.states[state].stage in stages)

    def may_be_in(self, heap: Heap) -> bool:
        """As `for_the_desk` finds them."""
        asked = not self.text.sided and (self.decides or self.helps or not self.others)
        return bool(asked or self.in_heap(heap))

    def stands(self, heap: Heap) -> bool:
        """Are its cases in this heap at all? A post that may act on nothing there sees none of what waits for others."""
        return bool(self.in_heap(heap)) or not self.others

    def lists(self, state: str, heap: Heap) -> bool:
        if self.seen is None:
            return self.stands(heap) and state not in self.others
        return state in self.in_heap(heap)


def turns_of(by: Actor) -> Iterator[Turn]:
    for post in by.posts:
        version = playbook_of(places.chain(post.place))
        if version:
            yield from (replace(turn, path=post.place_path) for turn in _turns(version.id, post.role))


def turns_below(by: Actor) -> Iterator[Turn]:
    """By the texts of places below: a county's procedure may name a role of its city."""
    for post in by.posts:
        for version, paths in texts_below(post.place_path).items():
            yield from (replace(turn, path=post.place_path, below=paths) for turn in _turns(version, post.role))


@lru_cache(maxsize=512)
def _turns(version: UUID, role: str) -> tuple[Turn, ...]:
    """A text never changes: a change of the playbook is another one."""
    found = []
    for key, text in procedures_in(version).items():
        seen = text.sees.get(role, ()) if text.sees else (ALL,) if role in text.roles else ()
        if seen:
            found.append(_turn(role, key, text, seen))
    return tuple(found)


def _turn(role: str, key: str, text: Procedure, seen: tuple[str, ...]) -> Turn:
    mine = [one for one in text.actions.values() if f"role:{role}" in one.by and one.effect not in ALWAYS]
    able = {state for action in mine for state in action.from_}
    waiting = [name for name, state in text.states.items() if state.waits_for == DESK and (ALL in seen or name in seen)]
    return Turn(
        "", key, text,
        states=tuple(name for name in waiting if name in able),
        others=tuple(name for name in waiting if name not in able),
        seen=None if ALL in seen else tuple(seen),
        decides=any(one.effect in DECIDES for one in mine),
        helps=any(one.hand and not {*WITH_DESK}.isdisjoint(one.of or FITS[one.hand]) for one in mine),
    )  # fmt: skip

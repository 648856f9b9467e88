"""Three rungs with their tries: what was done, what is left of the ceiling, who has agreed to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.texts import pick

from .text import LAYOUT, astray, rungs


@dataclass(frozen=True, slots=True)
class Try:
    """`said`: (title, value) pairs, as far as this reader may know them."""

    number: int
    at: datetime
    who: str
    outcome: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """`most` is a ceiling: `left` says what may still be done here, never what must be."""

    stage: int
    title: str
    most: int
    tries: tuple[Try, ...]
    current: bool
    reached: bool

    @property
    def used(self) -> int:
        return len(self.tries)

    @property
    def left(self) -> int:
        return max(0, self.most - self.used)

    @property
    def open(self) -> range:
        return range(self.left)


@dataclass(frozen=True, slots=True)
class Word:
    """What one side said to a step: yes, no, or nothing yet ("")."""

    side: str
    own: bool
    answer: str
    how: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    action: str
    title: str
    words: tuple[Word, ...]

    @property
    def both(self) -> bool:
        return all(word.answer == "yes" for word in self.words)

    @property
    def own(self) -> str | None:
        """The reader's answer, None for whoever is no side."""
        return next((word.answer for word in self.words if word.own), None)

    @property
    def others(self) -> str | None:
        """The other side's answer."""
        return next((word.answer for word in self.words if not word.own), None)


@dataclass(frozen=True, slots=True)
class Ladder:
    rungs: tuple[Rung, ...]
    questions: tuple[Question, ...]  # steps that both sides must agree to, from here
    side: str  # the reader's own, or ""
    missing: tuple[str, ...]  # sides that are not registered
    talking: bool  # mediation may still go on
    stoppable: bool  # either side may end it from here
    over: bool = False  # no more talks will come: only rungs that were climbed are left
    hushed: bool = False  # in danger: there will be no tries, and nobody reads of any here

    @property
    def asked(self) -> Question | None:
        """What the other side has agreed to and the reader has not answered."""
        return next((one for one in self.questions if one.own == "" and one.others == "yes"), None)

    @property
    def awaited(self) -> Question | None:
        """What the reader has agreed to and the other side has not answered."""
        return next((one for one in self.questions if one.own == "yes" and one.others == ""), None)


def is_dispute(case: Any) -> bool:
    return casework.procedure_of(case).layout == LAYOUT


def astray_in(case: Any) -> str:
    """ "broken": an agreement that was not kept; "over": mediation has stopped or never began; "" of everything else."""
    return astray(casework.procedure_of(case), case.state) if is_dispute(case) and not case.final else ""


def ladder_of(case: Any, by: Actor) -> Ladder:
    """For a case from casework's queries. Only what this reader may know: the words of a try come from their own timeline."""
    procedure, side = casework.procedure_of(case), casework.side_of(case, by)
    story = casework.timeline(case, by)
    told, climbed = [entry for entry in story if entry.effect == "try"], {entry.stage for entry in story}
    levels = rungs(procedure)
    over = case.final or astray(procedure, case.state) == "over"
    found = []
    for stage, state, _name, action in levels:
        if over and stage not in climbed:
            continue
        tries = [entry for entry in told if entry.stage == stage]
        found.append(
            Rung(
                stage=stage,
                title=pick(procedure.states[state].title),
                most=action.at_most or 0,
                tries=tuple(_try(number, entry) for number, entry in enumerate(tries, 1)),
                current=stage == case.stage and not case.final,
                reached=bool(tries) or case.stage == stage,
            )
        )
    questions = tuple(_question(asked, side) for asked in casework.consents_of(case)) if not case.final else ()
    missing = tuple(sorted({"a", "b"} - casework.sides_of(case)))
    hushed = procedure.states[case.state].quiet
    talking = any(state == case.state for _s, state, _n, _a in levels)
    ends = [one for one in procedure.actions.values() if one.effect == "stop" and "party" in one.by]
    stoppable = not case.final and any(case.state in one.from_ for one in ends)
    return Ladder(tuple(found), questions, side, missing, talking, stoppable, over, hushed)


def _try(number: int, entry: Any) -> Try:
    outcome = next((one.value for one in entry.said if one.field == "outcome"), "")
    said = tuple((one.title, one.value) for one in entry.said if one.field != "outcome")
    return Try(number, entry.at, entry.who, outcome, said)


def _question(asked: Any, side: str) -> Question:
    words = []
    for one in ("a", "b"):
        said = asked.said.get(one)
        answer = "" if said is None else "yes" if said.given else "no"
        words.append(Word(one, one == side, answer, said.how if said else "", said.at if said else None))
    return Question(asked.action, asked.title, tuple(words))

"""A procedure as text: states, actions, who may, what is asked, what is told. Format in playbooks/README.md."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, field_validator

from shanzhi.foundation.playbook.kinds import Section
from shanzhi.foundation.playbook.texts import BilingualText
from shanzhi.foundation.playbook.wrong import Wrong, near

from .base import Key
from .clock_text import ClockText, ClockWay
from .hands_text import HandsText, Stand, Verb, When

Part = Literal["collect", "handle", "check"]
Audience = Literal["reporter", "staff"]
Listener = Literal["reporter", "subscribers", "parties", "unit", "handler", "desk"]
Moment = Literal["before", "after", "spot"]
WaitsFor = Literal["desk", "unit", "handler", "checker", "reporter", "outside", "hands", "parts"]
Kind = Literal[
    "text", "choice", "category", "unit", "post", "place", "date", "number", "stars", "reasons", "name", "phone", "step",
    "limit", "units", "parts",
]  # fmt: skip
Effect = Literal[
    "reject", "rate", "reopen", "return", "forward", "withdraw", "join", "party", "consent", "replace", "try", "draft",
    "agree", "stop", "remedies", "danger", "refer", "ask-extension", "extend", "refuse-extension", "split",
]  # fmt: skip
Layout = Literal["report", "dispute", "order"]

RELATIONS = ("unit", "handler", "checker", "reporter", "party", "anyone", "system")
ALL = "all"
RELATION = re.compile(rf"^((role|unit):[a-z][a-z0-9-]*|{'|'.join(RELATIONS)})$")


def _relation(value: object) -> object:
    if isinstance(value, str) and not RELATION.match(value):
        raise Wrong(
            _("“{value}” says nobody who may act.").format(value=value),
            near(value, RELATIONS)
            or _("Write role:<key>, unit:<role>, or one of: {names}.").format(names=", ".join(RELATIONS)),
        )
    return value


def _several(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


Relation = Annotated[str, BeforeValidator(_relation)]


class Law(Section):
    """Why nothing else may be done from here: a line of docs/boundaries.md, in words, with the law that says so."""

    boundary: int = Field(ge=1, le=17)
    text: BilingualText
    source: BilingualText


class State(Section):
    """`quiet`: residents read its title and its sentence alone, and nothing of its clock."""

    title: BilingualText
    stage: int = Field(ge=1, le=12)
    waits_for: WaitsFor | None = None
    clock: ClockText | None = None
    final: bool = False
    says: dict[Audience, BilingualText]
    law: Law | None = None
    hands: HandsText | None = None
    quiet: bool = False


class Choice(Section):
    key: Key
    title: BilingualText


class FormField(Section):
    """`public`: a resident may read what is typed here; everything else stays inside.

    `past`: a date that cannot lie ahead. `beside`: in stories and papers it is said in the line of that field; `told`: how, with `{value}`, and for that field itself its short name.
    """

    field: Key
    kind: Kind
    required: bool = False
    title: BilingualText | None = None
    help: BilingualText | None = None
    most: int | None = Field(None, ge=1)
    choices: tuple[Choice, ...] = ()
    public: bool = False
    beside: Key | None = None
    past: bool = False
    told: BilingualText | None = None


class Evidence(Section):
    """`public`: between parties, the other side sees these pictures too."""

    moment: Moment
    at_least: int = Field(1, ge=1, le=9)
    public: bool = False
    title: BilingualText | None = None


class Tell(Section):
    whom: Annotated[tuple[Listener, ...], BeforeValidator(_several)]
    text: BilingualText


class Opens(Section):
    """`state`, `sent`: where the cases of a split begin, without and with a unit; left out: where the procedure does."""

    procedure: Key
    state: Key | None = None
    sent: Key | None = None


class Action(Section):
    """`title`: the words of the button; `again`: those in the state to which it leads (else the title); `told`: of what was done,
    wherever the past is told (else the title), with and without a name in front. `to` left out: the state and its clock stay as they are. `within`: how long after closing it is possible.

    `by`: role:<key> holds such a post over the case's place; unit:<role> holds it in the unit that has the case.
    `at_most`: so often within one visible stage, a ceiling. `consent`: both sides must have agreed to this action since it
    was last done; `asks`: what they are asked, in words of what will happen to them (else the title). `after`: not before that action was done. `quiet`: residents are not told who did what, only how the matter stands then.
    `clock`: restart (the new state begins its own), pause (this state's stands while the next state's runs), resume (what was
    paused goes on with what was left), keep (it runs on, also into the next state).
    `hand`: acts on one unit's hand instead of the whole case; unit and handler in `by` are then those of the hand, and more
    time is for its clock. `when`: not before all hands are done and checked, or all children closed; with
    `by: [system]` it happens by itself then.
    """

    title: BilingualText
    again: BilingualText | None = None
    told: BilingualText | None = None
    from_: Annotated[tuple[Key, ...], BeforeValidator(_several)] = Field(alias="from", min_length=1)
    to: Key | None = None
    by: tuple[Relation, ...] = Field(min_length=1)
    part: Part | None = None
    form: tuple[FormField, ...] = ()
    evidence: Annotated[tuple[Evidence, ...], BeforeValidator(_several)] = ()
    assigns: Literal["unit", "units", "post", "taker", "nobody"] | None = None
    tells: tuple[Tell, ...] = ()
    opens: Opens | None = None
    names_actor: bool = False
    effect: Effect | None = None
    primary: bool = False
    within: str | None = None
    at_most: int | None = Field(None, ge=1, le=99)
    consent: Literal["both"] | None = None
    asks: BilingualText | None = None
    after: Key | None = None
    quiet: bool = False
    clock: ClockWay | None = None
    hand: Verb | None = None
    of: Annotated[tuple[Stand, ...], BeforeValidator(_several)] = ()
    when: When | None = None

    def button(self, state: str) -> BilingualText:
        return self.again if self.again and state == self.to else self.title

    @property
    def past(self) -> BilingualText:
        return self.told or self.title

    @property
    def asked(self) -> BilingualText:
        return self.asks or self.title

    @property
    def turns(self) -> ClockWay:
        """What becomes of the running clock."""
        return self.clock or ("restart" if self.to else "keep")

    def field(self, name: str) -> FormField | None:
        return next((item for item in self.form if item.field == name), None)

    def field_of_kind(self, kind: str) -> FormField | None:
        return next((item for item in self.form if item.kind == kind), None)


class Start(Section):
    """`told`: what the first line of a story reads where a resident began it (else that it was reported); who is on duty takes that down."""

    state: Key
    told: BilingualText | None = None
    part: Part | None = "collect"
    by: tuple[Relation, ...] = ("anyone",)
    tells: tuple[Tell, ...] = ()


class Procedure(Section):
    procedure: Key
    title: BilingualText
    layout: Layout = "report"
    separate: tuple[tuple[Part, Part], ...] = ()
    seen_by: tuple[Relation, ...] = ()  # roles that may look on in their place without acting
    # Makes it confidential: role → the states in which it sees the cases of its place ("all"). Nobody else does by post.
    sees: dict[Key, Annotated[tuple[Key, ...], BeforeValidator(_several)]] = {}
    start: Start
    states: dict[Key, State]
    actions: dict[Key, Action]

    @field_validator("separate")
    @classmethod
    def _two_different(cls, pairs: tuple[tuple[Part, Part], ...]) -> tuple[tuple[Part, Part], ...]:
        for first, second in pairs:
            if first == second:
                raise Wrong(_("A part cannot be separated from itself: {part}.").format(part=first))
        return pairs

    @cached_property
    def roles(self) -> frozenset[str]:
        """Roles that see the cases of their whole place: those who act by place, and those who may look on."""
        if self.sees:
            return frozenset(role for role, states in self.sees.items() if ALL in states)
        named = [*self.seen_by, *self.start.by, *(one for action in self.actions.values() for one in action.by)]
        return frozenset(one.removeprefix("role:") for one in named if one.startswith("role:"))

    @cached_property
    def sided(self) -> bool:
        """Two sides face each other in it."""
        return any(action.effect == "party" for action in self.actions.values())

    @cached_property
    def handed(self) -> bool:
        """Several units may work on it side by side."""
        return any(state.hands for state in self.states.values())

    def name_of(self, action: Action) -> str:
        return next(name for name, one in self.actions.items() if one is action)

    def keeps(self, role: str) -> bool:
        """Does a unit stay with the case because its post of this role acted in it?"""
        return not self.sees or role in self.sees

    @cached_property
    def stages(self) -> int:
        """How many visible steps the progress line has."""
        return max(state.stage for state in self.states.values())

    def from_state(self, state: str) -> dict[str, Action]:
        return {name: self.actions[name] for name in self._leaving.get(state, ())}

    @cached_property
    def _leaving(self) -> dict[str, list[str]]:
        """state → names of the actions that begin there."""
        found: dict[str, list[str]] = {}
        for name, action in self.actions.items():
            for state in action.from_:
                found.setdefault(state, []).append(name)
        return found

    @cached_property
    def furthest(self) -> dict[str, int]:
        """state → the last visible stage that can still come from there: its own, where nothing but an end does."""
        return {state: max(self.states[one].stage for one in self._reached(state)) for state in self.states}

    def _reached(self, state: str) -> set[str]:
        seen, ways = {state}, [state]
        while ways:
            found = {action.to for action in self.from_state(ways.pop()).values() if action.to} - seen
            seen |= found
            ways += found
        return seen

    def apart_from(self, part: str | None) -> frozenset[str]:
        """Parts whose doers may not do this part. Handling and checking are apart in every procedure."""
        pairs = {*self.separate, ("handle", "check")}
        return frozenset(b if a == part else a for a, b in pairs if part in (a, b))
